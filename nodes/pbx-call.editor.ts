import { dialNumber } from "../src/protocol/address";
import { extensionType } from "./shared/editor/completion";
import { formClosed, formOpened, inForm, nameStyle, VALUE_TYPES, valueField } from "./shared/editor/form";
import { onpaletteadd } from "./shared/editor/onpaletteadd";
import { dialingExtension, isVariable, timeout } from "./shared/editor/validators";
import { DEFAULT_CALL_TIMEOUT, type PbxCallOptions } from "./shared/options";

RED.nodes.registerType<PbxCallOptions>("pbx-call", {
	category: "telephony",
	color: "#6FC2B1",
	defaults: {
		name: { value: "" },
		pbx: { value: "", type: "pbx-config", required: true },
		extension: {
			value: "",
			validate(value, _options) {
				const type = inForm(this, "extensionType", this.extensionType);
				return type === "str" ? dialingExtension(value) : value !== "" || this._("pbx-call.invalid.missing");
			},
		},
		extensionType: { value: "str" },
		number: {
			value: "payload",
			validate(value, _options) {
				const type = inForm(this, "numberType", this.numberType);
				if (type !== "str") return value !== "" || this._("pbx-call.invalid.missing");
				return isVariable(value) || dialNumber(String(value)) !== null || this._("pbx-call.invalid.number");
			},
		},
		numberType: { value: "msg" },
		timeout: { value: DEFAULT_CALL_TIMEOUT, validate: timeout },
	},
	inputs: 1,
	outputs: 2,
	icon: "pbx-call.svg",
	align: "right",
	paletteLabel() {
		return this._("pbx-call.palette");
	},
	onpaletteadd,
	label() {
		if (this.name) return this.name;
		if (this.numberType === "str" && this.number) return `→ ${this.number}`;
		return this.extensionType === "str" && this.extension ? `${this.extension} →` : this._("pbx-call.palette");
	},
	labelStyle: nameStyle,
	outputLabels(index) {
		return this._(index === 0 ? "pbx-call.output.calling" : "pbx-call.output.failed");
	},
	oneditprepare() {
		formOpened(this);
		const extensionTypes = VALUE_TYPES.map((type) => (type === "str" ? extensionType(false) : type));
		valueField("extension", "str", extensionTypes);
		valueField("number", "msg");
	},
	oneditsave: formClosed,
	oneditcancel: formClosed,
	oneditdelete: formClosed,
});
