import { extensionSearch, extensionType } from "./shared/editor/completion";
import { formClosed, formOpened, inForm, nameStyle, VALUE_TYPES, valueField } from "./shared/editor/form";
import { onpaletteadd } from "./shared/editor/onpaletteadd";
import { extension, extensions, timeout } from "./shared/editor/validators";
import { DEFAULT_STATUS_TIMEOUT, type PbxStatusOptions } from "./shared/options";

RED.nodes.registerType<PbxStatusOptions>("pbx-status", {
	category: "telephony",
	color: "#6FC2B1",
	defaults: {
		name: { value: "" },
		pbx: { value: "", type: "pbx-config", required: true },
		extension: {
			value: "payload",
			validate(value, _options) {
				const type = inForm(this, "extensionType", this.extensionType);
				return type === "str" ? extensions(value, 1) : value !== "" || this._("pbx-status.invalid.missing");
			},
		},
		extensionType: { value: "msg" },
		via: {
			value: "",
			validate(value, _options) {
				const source = inForm(this, "source", this.source);
				return source === "board" || extension(value);
			},
		},
		source: { value: "ask" },
		timeout: { value: DEFAULT_STATUS_TIMEOUT, validate: timeout },
	},
	inputs: 1,
	outputs: 1,
	icon: "pbx-status.svg",
	paletteLabel() {
		return this._("pbx-status.palette");
	},
	onpaletteadd,
	label() {
		if (this.name) return this.name;
		const isFixed = this.extensionType === "str" && this.extension !== "";
		return isFixed ? `${this.extension} ?` : this._("pbx-status.palette");
	},
	labelStyle: nameStyle,
	outputLabels() {
		return this._("pbx-status.output");
	},
	oneditprepare() {
		formOpened(this);
		const extensionTypes = VALUE_TYPES.map((type) => (type === "str" ? extensionType(true) : type));
		$("#node-input-via").autoComplete({ search: extensionSearch(false), minLength: 0 });
		valueField("extension", "msg", extensionTypes);
		$("#node-input-source").on("change", function () {
			$(".pbx-status-ask-only").toggle($(this).val() !== "board");
			$(".pbx-status-board-only").toggle($(this).val() === "board");
		});
		$("#node-input-source").trigger("change");
	},
	oneditsave: formClosed,
	oneditcancel: formClosed,
	oneditdelete: formClosed,
});
