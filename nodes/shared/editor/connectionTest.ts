import { PROBE_STEPS } from "../../../src/link/steps";
import type { ConnectionTestLine } from "../../admin/contract";
import { splitList } from "../options";
import { postForLines, sharedText } from "./api";
import { COLOURS } from "./colours";

const MARKS = {
	waiting: "fa-circle-o",
	ok: "fa-check-circle",
	failed: "fa-times-circle",
	silent: "fa-question-circle",
};
const MARK_COLOURS = { waiting: "inherit", ok: COLOURS.good, failed: COLOURS.bad, silent: COLOURS.attention };

/** The extension that a flow uses with this PBX already, or the monitor. */
function usualExtension(pbx: string): string {
	for (const type of ["pbx-in", "pbx-call"]) {
		for (const node of RED.nodes.filterNodes({ type })) {
			const isOther = node.pbx !== pbx || node.channel === "monitor" || (node.extensionType ?? "str") !== "str";
			const [first] = isOther ? [] : splitList(String(node.extensions ?? node.extension ?? ""));
			if (first) return first;
		}
	}
	return "999";
}

/** The button of the config node's form that tries the connection, and what it shows step by step. */
export class ConnectionTest {
	readonly #id: string;
	readonly #list = $("#pbx-config-test-steps");
	readonly #button = $("#pbx-config-test");
	#abort: (() => void) | null = null;

	constructor(id: string) {
		this.#id = id;
		$("#pbx-config-test-extension").val(usualExtension(id));
		this.#button.prop("disabled", !RED.user.hasPermission("flows.write"));
		this.#button.on("click", () => this.#start());
	}

	/** The form is closed: nothing is waited for any more. */
	close(): void {
		this.#abort?.();
	}

	#start(): void {
		this.#abort?.();
		this.#list.empty().show();
		for (const step of PROBE_STEPS) this.#list.append($("<li>").attr("data-step", step));
		for (const step of PROBE_STEPS) this.#mark(step, "waiting", "");
		this.#button.prop("disabled", true);
		const field = (name: string) => String($(`#node-config-input-${name}`).val() ?? "");
		const key = field("key");
		this.#abort = postForLines(
			"pbx/test",
			{
				...{ id: this.#id, url: field("url"), tenant: field("tenant"), tls: field("tls").replace("_ADD_", "") },
				extension: String($("#pbx-config-test-extension").val() ?? ""),
				// The saved key never comes to the browser: this stands in the field for it.
				...(key === "__PWRD__" ? {} : { key }),
			},
			(line) => this.#hear(JSON.parse(line) as ConnectionTestLine),
			() => this.#over(),
		);
	}

	#hear(line: ConnectionTestLine): void {
		if (line.step === null) {
			this.#list.empty().append($("<li>").attr("data-outcome", "failed").text(line.fault).css("color", COLOURS.bad));
			return;
		}
		const { step, outcome, reason } = line;
		const advice = reason ? sharedText(`test.advice.${reason}`) : outcome === "silent" ? sharedText("test.silent") : "";
		this.#mark(step, outcome, advice);
	}

	#mark(step: string, outcome: keyof typeof MARKS, advice: string): void {
		const icon = $("<i>").addClass(`fa ${MARKS[outcome]}`).css({ color: MARK_COLOURS[outcome], width: "18px" });
		const word = $("<span>")
			.addClass("pbx-hidden")
			.text(` (${sharedText(`test.outcome.${outcome}`)})`);
		const item = this.#list.find(`[data-step="${step}"]`).attr("data-outcome", outcome).empty();
		item.append(icon, $("<span>").text(sharedText(`test.step.${step}`)), word);
		item.css("opacity", outcome === "waiting" ? 0.5 : 1);
		if (advice) item.append($("<div>").css({ margin: "2px 0 6px 18px" }).text(advice));
	}

	#over(): void {
		this.#abort = null;
		this.#button.prop("disabled", false);
		const isTold = this.#list.find('[data-outcome="ok"], [data-outcome="failed"]').length > 0;
		if (!isTold) this.#list.empty().append($("<li>").attr("data-outcome", "failed").text(sharedText("test.none")));
	}
}
