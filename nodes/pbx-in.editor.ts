import { EVENT_FAMILIES, type EventFamily } from "../src/messages";
import { extensions } from "./shared/editor/validators";
import { type PbxInOptions, splitList } from "./shared/options";

const ALL: EventFamily[] = [...EVENT_FAMILIES];

function chosen(): EventFamily[] {
	return ALL.filter((family) => $(`#pbx-in-event-${family}`).prop("checked") === true);
}

RED.nodes.registerType<PbxInOptions>("pbx-in", {
	category: "telephony",
	color: "#9FD8CB",
	defaults: {
		name: { value: "" },
		pbx: { value: "", type: "pbx-config", required: true },
		channel: { value: "extension" },
		extensions: {
			value: "",
			validate(value, _options) {
				const field = $("#node-input-channel:visible").val() ?? this.channel;
				return extensions(value, field === "monitor" ? 0 : 1);
			},
		},
		events: {
			value: ["call", "extension", "dial", "command", "unrecognised"],
			validate(value, _options) {
				return (Array.isArray(value) && value.length > 0) || this._("pbx-in.invalid.events");
			},
		},
		split: { value: false },
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
	labelStyle() {
		return this.name ? "node_label_italic" : "";
	},
	outputLabels(index) {
		const families = ALL.filter((family) => this.events.includes(family));
		return this.split ? this._(`pbx-in.family.${families[index] ?? "call"}`) : this._("pbx-in.output");
	},
	oneditprepare() {
		for (const family of ALL) $(`#pbx-in-event-${family}`).prop("checked", this.events.includes(family));
		$("#node-input-channel").on("change", function () {
			const isMonitor = $(this).val() === "monitor";
			$(".pbx-in-extension-only").toggle(!isMonitor);
			$(".pbx-in-monitor-only").toggle(isMonitor);
			$("#node-input-extensions").attr("placeholder", isMonitor ? $("#pbx-in-filter-hint").text() : "11, 12");
			$("#node-input-extensions").trigger("change");
		});
		$("#node-input-channel").trigger("change");
	},
	oneditsave() {
		this.events = chosen();
		this.outputs = $("#node-input-split").prop("checked") === true ? Math.max(1, this.events.length) : 1;
	},
});
