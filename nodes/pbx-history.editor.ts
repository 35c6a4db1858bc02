import { CallChoices } from "./shared/editor/choices";
import { extensionSearch } from "./shared/editor/completion";
import { formClosed, formOpened, nameStyle, valueField } from "./shared/editor/form";
import { onpaletteadd } from "./shared/editor/onpaletteadd";
import { tellOfStore } from "./shared/editor/tellOfStore";
import { extensions, wholeNumber } from "./shared/editor/validators";
import { CALL_OUTCOMES, DEFAULT_LIMIT, LONGEST_LIMIT, type PbxHistoryOptions } from "./shared/options";

let directions: CallChoices | null = null;
let outcomes: CallChoices | null = null;

RED.nodes.registerType<PbxHistoryOptions>("pbx-history", {
	category: "telephony",
	color: "#6FC2B1",
	defaults: {
		name: { value: "" },
		pbx: { value: "", type: "pbx-config", required: true },
		query: { value: "number" },
		number: { value: "call.number" },
		numberType: { value: "msg" },
		from: { value: "-7" },
		fromType: { value: "str" },
		to: { value: "" },
		toType: { value: "str" },
		by: { value: "day" },
		extensions: { value: "", validate: (value, _options) => extensions(value, 0) },
		directions: { value: [] },
		outcomes: { value: [] },
		limit: { value: DEFAULT_LIMIT, validate: (value, _options) => wholeNumber(value, 1, LONGEST_LIMIT) },
		format: { value: "objects" },
	},
	inputs: 1,
	outputs: 1,
	icon: "pbx-history.svg",
	paletteLabel() {
		return this._("pbx-history.palette");
	},
	onpaletteadd,
	label() {
		return this.name || this._(`pbx-history.short.${this.query}`) || this._("pbx-history.palette");
	},
	labelStyle: nameStyle,
	outputLabels() {
		return this._("pbx-history.output");
	},
	oneditprepare() {
		formOpened(this);
		valueField("number", "msg");
		for (const field of ["from", "to"]) valueField(field, "str");
		directions = new CallChoices($("#pbx-history-directions"), "directions", this.directions ?? []);
		outcomes = new CallChoices($("#pbx-history-outcomes"), "outcomes", this.outcomes ?? [], CALL_OUTCOMES);
		$("#node-input-extensions").autoComplete({ search: extensionSearch(true), minLength: 0 });
		$("#node-input-query").on("change", function () {
			const query = String($(this).val());
			$("[data-queries]").each(function () {
				const isShown = ($(this).attr("data-queries") ?? "").split(" ").includes(query);
				$(this).toggle(isShown);
			});
		});
		$("#node-input-query").trigger("change");
		tellOfStore($("#pbx-history-no-store"));
	},
	oneditsave() {
		formClosed();
		this.directions = (directions?.ticked ?? []) as PbxHistoryOptions["directions"];
		this.outcomes = outcomes?.ticked ?? [];
	},
	oneditcancel: formClosed,
	oneditdelete: formClosed,
});
