import { CallChoices } from "./shared/editor/choices";
import { extensionSearch } from "./shared/editor/completion";
import { formClosed, formOpened, inForm, nameStyle } from "./shared/editor/form";
import { onpaletteadd } from "./shared/editor/onpaletteadd";
import { tellOfQueue } from "./shared/editor/tellOfQueue";
import { tellOfStore } from "./shared/editor/tellOfStore";
import { extensions, numberBetween, timeout, wholeNumber } from "./shared/editor/validators";
import {
	CALL_OUTCOMES,
	DEFAULT_GIVE_UP,
	DEFAULT_LOG_TIMEOUT,
	DEFAULT_PARALLEL,
	LONGEST_GIVE_UP,
	MOST_PARALLEL,
	type PbxLogOptions,
} from "./shared/options";

let directions: CallChoices | null = null;
let outcomes: CallChoices | null = null;

RED.nodes.registerType<PbxLogOptions>("pbx-log", {
	category: "telephony",
	color: "#6FC2B1",
	defaults: {
		name: { value: "" },
		pbx: { value: "", type: "pbx-config", required: true },
		channel: { value: "monitor" },
		extensions: {
			value: "",
			validate(value, _options) {
				return extensions(value, inForm(this, "channel", this.channel) === "extension" ? 1 : 0);
			},
		},
		directions: { value: [] },
		outcomes: { value: [] },
		queue: { value: "" },
		timeout: { value: DEFAULT_LOG_TIMEOUT, validate: timeout },
		parallel: { value: DEFAULT_PARALLEL, validate: (value, _options) => wholeNumber(value, 1, MOST_PARALLEL) },
		giveUp: { value: DEFAULT_GIVE_UP, validate: (value, _options) => numberBetween(value, 0, LONGEST_GIVE_UP) },
		fromStart: { value: false },
	},
	inputs: 1,
	outputs: 2,
	icon: "pbx-log.svg",
	paletteLabel() {
		return this._("pbx-log.palette");
	},
	onpaletteadd,
	label() {
		return this.name || this._("pbx-log.palette");
	},
	labelStyle: nameStyle,
	inputLabels() {
		return this._("pbx-log.input");
	},
	outputLabels(index) {
		return this._(index === 0 ? "pbx-log.output.record" : "pbx-log.output.given-up");
	},
	oneditprepare() {
		formOpened(this);
		directions = new CallChoices($("#pbx-log-directions"), "directions", this.directions ?? []);
		outcomes = new CallChoices($("#pbx-log-outcomes"), "outcomes", this.outcomes ?? [], CALL_OUTCOMES);
		const everyExtension = this._("pbx-log.placeholder.extensions");
		$("#node-input-channel").on("change", function () {
			const isMonitor = $(this).val() !== "extension";
			$("#node-input-extensions").attr("placeholder", isMonitor ? everyExtension : "11, 12");
			$("#node-input-extensions").trigger("change");
		});
		$("#node-input-channel").trigger("change");
		$("#node-input-extensions").autoComplete({ search: extensionSearch(true), minLength: 0 });
		tellOfStore($("#pbx-log-no-store"));
		const field = (name: string) => String($(`#node-input-${name}`).val() ?? "");
		tellOfQueue($("#pbx-log-rival"), this.id, () => ({
			...{ pbx: field("pbx"), queue: field("queue"), extensions: field("extensions") },
			...{ directions: directions?.ticked ?? [], outcomes: outcomes?.ticked ?? [] },
		}));
	},
	oneditsave() {
		formClosed();
		this.directions = (directions?.ticked ?? []) as PbxLogOptions["directions"];
		this.outcomes = outcomes?.ticked ?? [];
	},
	oneditcancel: formClosed,
	oneditdelete: formClosed,
});
