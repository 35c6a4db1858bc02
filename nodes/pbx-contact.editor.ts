import { formClosed, formOpened, nameStyle, valueField } from "./shared/editor/form";
import { onpaletteadd } from "./shared/editor/onpaletteadd";
import { numberBetween } from "./shared/editor/validators";
import { DEFAULT_CONTACT_MINUTES, LONGEST_CONTACT_MINUTES, type PbxContactOptions } from "./shared/options";

RED.nodes.registerType<PbxContactOptions>("pbx-contact", {
	category: "telephony",
	color: "#6FC2B1",
	defaults: {
		name: { value: "" },
		pbx: { value: "", type: "pbx-config", required: true },
		contactName: { value: "payload.name" },
		contactNameType: { value: "msg" },
		contactId: { value: "payload.id" },
		contactIdType: { value: "msg" },
		contactUrl: { value: "payload.url" },
		contactUrlType: { value: "msg" },
		minutes: {
			value: DEFAULT_CONTACT_MINUTES,
			validate: (value, _options) => numberBetween(value, 0, LONGEST_CONTACT_MINUTES),
		},
	},
	inputs: 1,
	outputs: 2,
	icon: "pbx-contact.svg",
	paletteLabel() {
		return this._("pbx-contact.palette");
	},
	onpaletteadd,
	label() {
		return this.name || this._("pbx-contact.palette");
	},
	labelStyle: nameStyle,
	outputLabels(index) {
		return this._(index === 0 ? "pbx-contact.output.known" : "pbx-contact.output.failed");
	},
	oneditprepare() {
		formOpened(this);
		for (const field of ["contactName", "contactId", "contactUrl"]) valueField(field, "msg");
	},
	oneditsave: formClosed,
	oneditcancel: formClosed,
	oneditdelete: formClosed,
});
