import { FORM, nameStyle } from "./shared/editor/form";
import { onpaletteadd } from "./shared/editor/onpaletteadd";
import { extensions, tenant, wholeNumber } from "./shared/editor/validators";
import { DEFAULT_PORT, type PbxSimulatorOptions } from "./shared/options";

RED.nodes.registerType<PbxSimulatorOptions>("pbx-simulator", {
	category: "telephony",
	color: "#A89CD4",
	defaults: {
		name: { value: "" },
		port: { value: DEFAULT_PORT, validate: (value, _options) => wholeNumber(value, 1, 65_535) },
		host: { value: "127.0.0.1", required: true },
		tenant: { value: "227", required: true, validate: tenant },
		extensions: { value: "11, 12, 13", validate: (value, _options) => extensions(value, 1) },
		silent: { value: "", validate: (value, _options) => extensions(value, 0) },
		pbx: { value: "", type: "pbx-config", required: false },
		traffic: { value: 0, validate: (value, _options) => wholeNumber(value, 0, 86_400) },
	},
	credentials: { key: { type: "password" } },
	inputs: 1,
	outputs: 1,
	icon: "pbx-simulator.svg",
	paletteLabel() {
		return this._("pbx-simulator.palette");
	},
	onpaletteadd,
	label() {
		return this.name || `${this._("pbx-simulator.palette")} ${this.port}`;
	},
	labelStyle: nameStyle,
	oneditprepare() {
		$("#node-input-name").closest("form").addClass(FORM);
	},
	inputLabels() {
		return this._("pbx-simulator.input");
	},
	outputLabels() {
		return this._("pbx-simulator.output");
	},
});
