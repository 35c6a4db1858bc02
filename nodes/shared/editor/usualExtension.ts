import { MONITOR } from "../../../src/protocol/address";
import { splitList } from "../options";
import { openForm } from "./form";

/** The first extension that the form of a node names, which lies below that of its PBX; empty where there is none. */
function belowForm(): string {
	const form = openForm();
	if (form === null) return "";
	const value = (field: string) => String(form.find(`#node-input-${field}`).val() ?? "");
	if (value("channel") === "monitor" || value("source") === "board") return MONITOR;
	const isFixed = (value("extensionType") || "str") === "str";
	const values = ["extensions", "via", ...(isFixed ? ["extension"] : [])].map((field) => splitList(value(field))[0]);
	return values.find((first) => first !== undefined) ?? "";
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
