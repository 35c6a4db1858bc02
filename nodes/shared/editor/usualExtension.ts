import { MONITOR } from "../../../src/protocol/address";
import { splitList } from "../options";

/** The first extension that the form of a node names, which lies below that of its PBX; empty where there is none. */
function belowForm(): string {
	if ($("#node-input-channel").val() === "monitor" || $("#node-input-source").val() === "board") return MONITOR;
	const isFixed = ($("#node-input-extensionType").val() ?? "str") === "str";
	const fields = ["extensions", "via", ...(isFixed ? ["extension"] : [])];
	const values = fields.map((name) => splitList(String($(`#node-input-${name}`).val() ?? ""))[0]);
	return values.find((value) => value !== undefined) ?? "";
}

/** The first extension that a node of the flows uses with a PBX; empty where none does. */
function inFlows(pbx: string): string {
	for (const type of ["pbx-in", "pbx-call", "pbx-log", "pbx-status"]) {
		for (const node of RED.nodes.filterNodes({ type })) {
			const isOther = node.pbx !== pbx || node.channel === "monitor" || (node.extensionType ?? "str") !== "str";
			const [first] = isOther ? [] : splitList(String(node.extensions || node.via || node.extension || ""));
			if (first) return first;
		}
	}
	return "";
}

/** A phone that a test can be made as, other than the monitor: of the form below, the flows, or the table of people. */
export function knownPhone(pbx: string): string {
	const [person = ""] = $('#pbx-config-people [data-field="extension"]')
		.toArray()
		.map((field) => String($(field).val() ?? "").trim());
	return [belowForm(), inFlows(pbx), person].find((each) => each !== "" && each !== MONITOR) ?? "";
}

/** The extension to test a PBX as: what the node uses whose form lies below, or a flow, or the monitor. */
export function usualExtension(pbx: string): string {
	return belowForm() || inFlows(pbx) || MONITOR;
}
