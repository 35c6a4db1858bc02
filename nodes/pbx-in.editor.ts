import { EVENT_FAMILIES, type EventFamily } from "../src/families";
import { isHost } from "../src/pbx/allowedUrl";
import { extensionSearch } from "./shared/editor/completion";
import { formClosed, formOpened, inForm, nameStyle, PALETTE_LOOK } from "./shared/editor/form";
import { extensions } from "./shared/editor/validators";
import { type PbxInOptions, splitList } from "./shared/options";

const ALL: EventFamily[] = [...EVENT_FAMILIES];

function chosen(): EventFamily[] {
	return ALL.filter((family) => $(`#pbx-in-event-${family}`).prop("checked") === true);
}

/** What leaves by which output: one family by each, or all by one. */
function outputsOf(isSplit: boolean, events: readonly EventFamily[]): string[] {
	return isSplit && events.length > 0 ? ALL.filter((family) => events.includes(family)) : ["all"];
}

/** Where each wire goes when the outputs change, in the form that the editor takes from `#node-input-outputs`. */
function outputMap(before: readonly string[], after: readonly string[]): Record<string, number> {
	const isOther = before[0] === "all" || after[0] === "all";
	const map: Record<string, number> = {};
	for (const [port, what] of before.entries()) map[port] = isOther && port === 0 ? 0 : after.indexOf(what);
	for (const [port, what] of after.entries()) {
		if (!Object.values(map).includes(port)) map[`new-${what}`] = port;
	}
	return map;
}

RED.nodes.registerType<PbxInOptions>("pbx-in", {
	...PALETTE_LOOK,
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
			value: ["call", "extension", "dial", "command", "unrecognised"],
			validate(value, _options) {
				return (Array.isArray(value) && value.length > 0) || this._("pbx-in.invalid.events");
			},
		},
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
	label() {
		if (this.name) return this.name;
		const list = splitList(this.extensions ?? "").join(", ");
		if (this.channel !== "monitor") return list || this._("pbx-in.palette");
		return list ? `${this._("pbx-in.monitor")} ${list}` : this._("pbx-in.monitor");
	},
	labelStyle: nameStyle,
	outputLabels(index) {
		const what = outputsOf(this.split, this.events ?? ALL)[index] ?? "all";
		return what === "all" ? this._("pbx-in.output") : this._(`pbx-in.family.${what}`);
	},
	oneditprepare() {
		formOpened(this);
		for (const family of ALL) $(`#pbx-in-event-${family}`).prop("checked", (this.events ?? ALL).includes(family));
		const boxes = $("[id^=pbx-in-event-]");
		boxes.on("change", () => $("#pbx-in-no-events").toggle(chosen().length === 0));
		boxes.trigger("change");

		$("#pbx-in-event-command").on("change", function () {
			$("#pbx-in-url-row").toggle($(this).prop("checked") === true);
		});
		$("#pbx-in-event-command").trigger("change");
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
	oneditcancel: formClosed,
	oneditdelete: formClosed,
	oneditsave() {
		formClosed();
		const before = outputsOf(this.split, this.events ?? ALL);
		this.events = chosen();
		const after = outputsOf($("#node-input-split").prop("checked") === true, this.events);
		$("#node-input-outputs").val(JSON.stringify(outputMap(before, after)));
	},
});
