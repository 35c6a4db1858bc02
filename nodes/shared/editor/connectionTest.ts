import { PROBE_STEPS, type ProbeReport, type ProbeStep } from "../../../src/link/steps";
import { MONITOR } from "../../../src/protocol/address";
import type { ConnectionTestLine } from "../../admin/contract";
import { postForLines, sharedText } from "./api";
import { COLOURS } from "./colours";
import { knownPhone, usualExtension } from "./usualExtension";

const MARKS = {
	waiting: "fa-circle-o",
	trying: "fa-spinner fa-spin",
	ok: "fa-check-circle",
	failed: "fa-times-circle",
	silent: "fa-question-circle",
};
const MARK_COLOURS = {
	waiting: "inherit",
	trying: COLOURS.attention,
	ok: COLOURS.good,
	failed: COLOURS.bad,
	silent: COLOURS.attention,
};

/** How a test ended: its last step, a fault that kept it from beginning, or null where Node-RED did not answer. */
type Ending = ConnectionTestLine | null;

/** Whether the server was reached and does not let this extension in. */
function isRefused(ending: Ending): boolean {
	return ending !== null && ending.step === "login" && ending.outcome === "failed";
}

/** The extension that was tried: what was entered may be a variable. */
function usedIn(ending: Ending, entered: string): string {
	return (ending !== null && ending.step !== null && ending.extension) || entered;
}

/** The sentence that says how it ended. */
function sentenceOf(ending: Ending, extension: string): string {
	if (ending === null) return sharedText("test.none");
	if (ending.step === null) return sharedText(`errors.${ending.code}`, { ...ending.details });
	if (ending.outcome === "failed") return sharedText(`test.advice.${ending.reason}`);
	if (ending.outcome === "silent") return sharedText("test.silent");
	return sharedText(...goodNews(ending, extension));
}

function goodNews({ state }: ProbeReport, extension: string): [string, Record<string, string>] {
	if (extension === MONITOR) return ["test.result.monitor", {}];
	if (!state || state === "unknown") return ["test.result.connected", { extension }];
	return ["test.result.state", { extension, state: sharedText(`phone.${state}`) }];
}

/** The button of the config node's form that tries the connection: each step as it is tried, and a sentence at the end. */
export class ConnectionTest {
	readonly #id: string;
	readonly #list = $("#pbx-config-test-steps");
	readonly #result = $("#pbx-config-test-result");
	readonly #button = $("#pbx-config-test");
	#abort: (() => void) | null = null;
	#isClosed = false;

	constructor(id: string) {
		this.#id = id;
		$("#pbx-config-test-extension").val(usualExtension(id));
		this.#button.prop("disabled", !RED.user.hasPermission("flows.write"));
		this.#button.on("click", () => void this.#start());
	}

	/** The form is closed: nothing is waited for any more. */
	close(): void {
		this.#isClosed = true;
		this.#abort?.();
	}

	async #start(): Promise<void> {
		const entered = String($("#pbx-config-test-extension").val() ?? "").trim();
		this.#button.prop("disabled", true);
		const ending = await this.#run(entered);
		const extension = usedIn(ending, entered);
		const other = extension === MONITOR && isRefused(ending) ? knownPhone(this.#id) : "";
		if (other !== "" && !this.#isClosed) {
			this.#say(sharedText("test.result.other", { extension: other }), "attention");
			const second = await this.#run(other);
			this.#compare(second, usedIn(second, other));
		} else {
			this.#say(sentenceOf(ending, extension), this.#colourOf(ending));
		}
		this.#button.prop("disabled", false);
	}

	/** The monitor was refused: an extension that is let in says that it is not the key. */
	#compare(ending: Ending, extension: string): void {
		const isGood = ending !== null && ending.step !== null && ending.outcome !== "failed";
		const both = sharedText(isGood ? "test.result.only-phone" : "test.result.neither", { extension });
		const why = isGood || isRefused(ending) ? "" : ` ${sentenceOf(ending, extension)}`;
		this.#say(both + why, isGood ? "attention" : "bad");
	}

	#colourOf(ending: Ending): keyof typeof COLOURS {
		if (ending === null || ending.step === null || ending.outcome === "failed") return "bad";
		return ending.outcome === "ok" ? "good" : "attention";
	}

	#say(sentence: string, colour: keyof typeof COLOURS): void {
		this.#result.attr("data-result", colour).css("border-left-color", COLOURS[colour]).text(sentence).show();
	}

	/** Makes one test; gives how it ended. */
	#run(extension: string): Promise<Ending> {
		this.#list.empty().show();
		for (const step of PROBE_STEPS) this.#list.append($("<li>").attr("data-step", step));
		for (const step of PROBE_STEPS) this.#mark(step, step === PROBE_STEPS[0] ? "trying" : "waiting");
		const field = (name: string) => String($(`#node-config-input-${name}`).val() ?? "");
		const key = field("key");
		let ending: Ending = null;
		return new Promise((resolve) => {
			this.#abort = postForLines(
				"pbx/test",
				{
					...{ id: this.#id, url: field("url"), tenant: field("tenant"), tls: field("tls").replace("_ADD_", "") },
					extension,
					// The saved key never comes to the browser: this stands in the field for it.
					...(key === "__PWRD__" ? {} : { key }),
				},
				(line) => {
					ending = JSON.parse(line) as ConnectionTestLine;
					this.#hear(ending);
				},
				() => {
					this.#abort = null;
					if (ending === null) this.#list.empty();
					resolve(ending);
				},
			);
		});
	}

	#hear(line: ConnectionTestLine): void {
		if (line.step === null) {
			this.#list.empty();
			return;
		}
		this.#mark(line.step, line.outcome);
		const next = PROBE_STEPS[PROBE_STEPS.indexOf(line.step) + 1];
		if (line.outcome === "ok" && next) this.#mark(next, "trying");
	}

	#mark(step: ProbeStep, outcome: keyof typeof MARKS): void {
		const icon = $("<i>").addClass(`fa ${MARKS[outcome]}`).css({ color: MARK_COLOURS[outcome], width: "18px" });
		const word = $("<span>")
			.addClass("pbx-hidden")
			.text(` (${sharedText(`test.outcome.${outcome}`)})`);
		const item = this.#list.find(`[data-step="${step}"]`).attr("data-outcome", outcome).empty();
		item.append(icon, $("<span>").text(sharedText(`test.step.${step}`)), word);
		item.css("opacity", outcome === "waiting" ? 0.5 : 1);
	}
}
