import { CALL_EVENTS, DIRECTIONS, EVENT_NAMES, type EventName, OUTCOMES } from "../src/eventNames";
import { isHost } from "../src/pbx/allowedUrl";
import { extensionSearch } from "./shared/editor/completion";
import { formClosed, formOpened, inForm, nameStyle } from "./shared/editor/form";
import { MessagePreview } from "./shared/editor/messagePreview";
import { onpaletteadd } from "./shared/editor/onpaletteadd";
import { extensions } from "./shared/editor/validators";
import { eventNames, eventOutputs, type OutputEvents } from "./shared/eventOutputs";
import { type PbxInOptions, splitList } from "./shared/options";

/** How an event's name stands in ids and in the catalog, where a dot would mean something else. */
function keyOf(name: string): string {
	return name.replace(".", "-");
}

function box(kind: "event" | "direction" | "outcome", name: string): JQuery {
	return $(`#pbx-in-${kind}-${keyOf(name)}`);
}

/** What is ticked of a kind. */
function ticked<Name extends string>(kind: "event" | "direction" | "outcome", names: readonly Name[]): Name[] {
	return names.filter((name) => box(kind, name).prop("checked") === true);
}

function tick(kind: "event" | "direction" | "outcome", names: readonly string[]): void {
	for (const name of names) box(kind, name).prop("checked", true);
}

/** What leaves by which output: each event by its own, or all by one. */
function outputsOf(isSplit: boolean, events: unknown): readonly (OutputEvents | "all")[] {
	const outputs = eventOutputs(events);
	return isSplit && outputs.length > 0 ? outputs : ["all"];
}

/** Where each wire goes when the outputs change, in the form that the editor takes from `#node-input-outputs`. */
function outputMap(
	before: readonly (OutputEvents | "all")[],
	after: readonly (OutputEvents | "all")[],
): Record<string, number> {
	const isOther = before[0] === "all" || after[0] === "all";
	const placeOf = (output: OutputEvents | "all") =>
		after.findIndex((other) => other !== "all" && output !== "all" && other.some((name) => output.includes(name)));
	const map: Record<string, number> = {};
	for (const [port, output] of before.entries()) map[port] = isOther && port === 0 ? 0 : placeOf(output);
	for (const [port, output] of after.entries()) {
		if (!Object.values(map).includes(port)) map[`new-${output}`] = port;
	}
	return map;
}

function isEnd(name: EventName): boolean {
	return name === "call.ended" || name === "call.record";
}

/** What belongs to the form that is open. */
let preview: MessagePreview | null = null;

function closed(): void {
	preview?.close();
	preview = null;
	formClosed();
}

/** Shows what belongs to the events that are ticked. */
function showFilters(): void {
	const names = ticked("event", EVENT_NAMES);
	preview?.offer(names);
	$("#pbx-in-no-events").toggle(names.length === 0);
	$(".pbx-in-calls-only").toggle(names.some((name) => CALL_EVENTS.includes(name)));
	$(".pbx-in-ends-only").toggle(names.some(isEnd));
	$("#pbx-in-url-row").toggle(names.includes("web.command"));
}

RED.nodes.registerType<PbxInOptions>("pbx-in", {
	category: "telephony",
	color: "#6FC2B1",
	defaults: {
		name: { value: "" },
		pbx: { value: "", type: "pbx-config", required: true },
		channel: { value: "extension" },
		extensions: {
			value: "",
			validate(value, _options) {
				const field = inForm(this, "channel", this.channel);
				return extensions(value, field === "monitor" ? 0 : 1);
			},
		},
		events: {
			value: ["call.ringing", "call.record"],
			validate(value, _options) {
				return (Array.isArray(value) && value.length > 0) || this._("pbx-in.invalid.events");
			},
		},
		directions: { value: [] },
		outcomes: { value: [] },
		urlHosts: {
			value: "",
			validate(value, _options) {
				const wrong = splitList(String(value ?? "")).find((host) => !isHost(host));
				return wrong === undefined || this._("pbx-in.invalid.host", { host: wrong });
			},
		},
		split: { value: false },
		// Saved, because the editor restores no other number of outputs than the definition's.
		outputs: { value: 1 },
	},
	inputs: 0,
	outputs: 1,
	icon: "pbx-in.svg",
	paletteLabel() {
		return this._("pbx-in.palette");
	},
	onpaletteadd,
	label() {
		if (this.name) return this.name;
		const list = splitList(this.extensions ?? "").join(", ");
		if (this.channel !== "monitor") return list || this._("pbx-in.palette");
		return list ? `${this._("pbx-in.monitor")} ${list}` : this._("pbx-in.monitor");
	},
	labelStyle: nameStyle,
	outputLabels(index) {
		const output = outputsOf(this.split, this.events)[index] ?? "all";
		if (output === "all") return this._("pbx-in.output");
		return output.join(", ");
	},
	oneditprepare() {
		formOpened(this);
		$(".pbx-choice code").text(function () {
			return $(this).attr("data-event") ?? "";
		});
		tick("event", eventNames(this.events));
		tick("direction", this.directions ?? []);
		tick("outcome", this.outcomes ?? []);
		preview = new MessagePreview();
		$("[id^=pbx-in-event-]").on("change", showFilters);
		showFilters();

		const everyExtension = this._("pbx-in.placeholder.filter");
		$("#node-input-channel").on("change", function () {
			const isMonitor = $(this).val() === "monitor";
			$(".pbx-in-extension-only").toggle(!isMonitor);
			$(".pbx-in-monitor-only").toggle(isMonitor);
			$("#node-input-extensions").attr("placeholder", isMonitor ? everyExtension : "11, 12");
			$("#node-input-extensions").trigger("change");
		});
		$("#node-input-channel").trigger("change");
		$("#node-input-extensions").autoComplete({ search: extensionSearch(true), minLength: 0 });
	},
	oneditcancel: closed,
	oneditdelete: closed,
	oneditsave() {
		closed();
		const before = outputsOf(this.split, this.events);
		this.events = ticked("event", EVENT_NAMES);
		this.directions = ticked("direction", DIRECTIONS);
		this.outcomes = ticked("outcome", OUTCOMES);
		const after = outputsOf($("#node-input-split").prop("checked") === true, this.events);
		$("#node-input-outputs").val(JSON.stringify(outputMap(before, after)));
	},
});
