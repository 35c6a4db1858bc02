import { type Activation, templateFault } from "../src/calls/template";
import { MOST_EXTENSIONS } from "../src/protocol/address";
import { helpWithAddress } from "./shared/editor/addressHelp";
import { ConnectionTest } from "./shared/editor/connectionTest";
import { FORM } from "./shared/editor/form";
import { home } from "./shared/editor/home";
import { PeopleTable } from "./shared/editor/peopleTable";
import { ProTable } from "./shared/editor/proTable";
import type { CompletionSearch, EditorNode } from "./shared/editor/red";
import { formTabs } from "./shared/editor/tabs";
import { hearWhatToTeach, wordsClosed, wordsOpened } from "./shared/editor/teaching";
import {
	databaseUrl,
	limit,
	numberPatterns,
	outsidePrefix,
	plusPrefix,
	serverUrl,
	settle,
	tenant,
	timeZone,
	wholeNumber,
} from "./shared/editor/validators";
import { WordTable } from "./shared/editor/wordTable";
import { migrate } from "./shared/migrate";
import {
	CONFIG_VERSION,
	DEFAULT_KEEP_DAYS,
	DEFAULT_SETTLE,
	LARGEST_MOST_EXTENSIONS,
	LONGEST_KEEP_DAYS,
	type PbxConfigOptions,
	type SavedPerson,
} from "./shared/options";
import { peopleFaults } from "./shared/people";
import { type SavedWord, wordFaults } from "./shared/words";

/** What the country field offers; any other code that was saved stays. */
const COUNTRIES = "ES PT AD FR IT GB IE DE AT CH BE NL LU MA BR MX AR CL CO PE US".split(" ");
/** What can be dialled instead of `+`, by the names of their texts. */
const PLUS = { "+": "plus", "00": "zeros", "": "nothing", national: "national" } as const;

/** Of a new PBX: most stand where it is entered. */
const HOME = home();

const TABS = ["connection", "numbers", "people", "words", "store", "guard", "pro"] as const;

/** What belongs to the form that is open. */
let test: ConnectionTest | null = null;
let table: ProTable | null = null;
let people: PeopleTable | null = null;
let words: WordTable | null = null;

function closed(): void {
	test?.close();
	wordsClosed();
}

/** Names of countries in the browser's language; some browsers call theirs by no valid name (`en-US@posix`). */
function countryNames(): Intl.DisplayNames {
	const [language = "en"] = navigator.language.split("@");
	const isKnown = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language);
	return new Intl.DisplayNames([isKnown ? language : "en", "en"], { type: "region" });
}

function offerCountries(saved: string): void {
	const names = countryNames();
	const codes = COUNTRIES.includes(saved) ? COUNTRIES : [...COUNTRIES, saved];
	const nameOf = (code: string) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);
	const options = codes.map((code) => $("<option>").val(code).text(nameOf(code)));
	$("#node-config-input-country")
		.append(...options)
		.val(saved);
}

/** Completes what can be dialled instead of `+`, all of it whatever stands in the field. */
function plusSearch(node: EditorNode<PbxConfigOptions>): CompletionSearch {
	const row = (value: string, name: string) => {
		const code = $("<code>").css("margin-right", "10px").text(value);
		return $("<div>").append(value === "" ? "" : code, node._(`pbx-config.plus.${name}`));
	};
	return (_value, done) => done(Object.entries(PLUS).map(([value, name]) => ({ value, label: row(value, name) })));
}

const timeZoneSearch: CompletionSearch = (value, done) => {
	const sought = value.trim().toLowerCase();
	const found = Intl.supportedValuesOf("timeZone").filter((zone) => zone.toLowerCase().includes(sought));
	done(found.slice(0, 50).map((zone) => ({ value: zone, label: $("<div>").text(zone) })));
};

function fill(saved: PbxConfigOptions): void {
	$("#node-config-input-groups").prop("checked", saved.groups);
	const fields = ["plus", "prefix", "language", "timeZone", "settle", "mostExtensions"] as const;
	const limits = ["dialAllowed", "dialPerExtension", "dialInAll", "dialRepeat"] as const;
	const kept = ["store", "storeFile", "storeUrl", "keepDays"] as const;
	for (const name of [...fields, ...limits, ...kept]) $(`#node-config-input-${name}`).val(saved[name]);
}

/** Shows what belongs to where calls are kept. */
function showStore(): void {
	const store = String($("#node-config-input-store").val());
	$("[data-stores]").each(function () {
		$(this).toggle(($(this).attr("data-stores") ?? "").split(" ").includes(store));
	});
}

RED.nodes.registerType<PbxConfigOptions>("pbx-config", {
	category: "config",
	defaults: {
		name: { value: "" },
		url: { value: "", required: true, validate: serverUrl },
		tenant: { value: "", required: true, validate: tenant },
		tls: { value: "", type: "tls-config", required: false },
		country: { value: HOME.country, required: true },
		plus: { value: "+", validate: plusPrefix },
		prefix: { value: "", validate: outsidePrefix },
		language: { value: HOME.language },
		timeZone: { value: HOME.timeZone, validate: timeZone },
		people: {
			value: [],
			validate(value, _options) {
				const faults = peopleFaults((value ?? []) as SavedPerson[]);
				const row = faults.findIndex((fault) => fault !== null);
				if (row === -1) return true;
				const fault = this._(`pbx-config.person.fault.${faults[row]}`);
				return this._("pbx-config.invalid.person", { row: row + 1, fault });
			},
		},
		words: {
			value: [],
			validate(value, _options) {
				const faults = wordFaults((value ?? []) as SavedWord[]);
				const row = faults.findIndex((fault) => fault !== null);
				if (row === -1) return true;
				return this._("words.invalid", { row: row + 1, fault: this._(`words.fault.${faults[row]}`) });
			},
		},
		groups: { value: true },
		settle: { value: DEFAULT_SETTLE, validate: settle },
		mostExtensions: {
			value: MOST_EXTENSIONS,
			validate: (value, _options) => wholeNumber(value ?? MOST_EXTENSIONS, 1, LARGEST_MOST_EXTENSIONS),
		},
		dialAllowed: { value: "", validate: numberPatterns },
		dialPerExtension: { value: 0, validate: limit },
		dialInAll: { value: 0, validate: limit },
		dialRepeat: { value: 0, validate: limit },
		dryRun: { value: false },
		activations: {
			value: [],
			validate(value, _options) {
				for (const [i, { command }] of ((value ?? []) as Activation[]).entries()) {
					const fault = templateFault(command);
					if (fault)
						return this._("pbx-config.invalid.row", { row: i + 1, fault: this._(`pbx-config.fault.${fault}`) });
				}
				return true;
			},
		},
		store: { value: "file" },
		storeFile: { value: "" },
		storeUrl: {
			value: "",
			validate(value, options) {
				return this.store !== "postgresql" || databaseUrl.call(this, value, options);
			},
		},
		keepDays: {
			value: DEFAULT_KEEP_DAYS,
			validate: (value, _options) => wholeNumber(value ?? 0, 0, LONGEST_KEEP_DAYS),
		},
		standby: { value: false },
		version: { value: CONFIG_VERSION },
	},
	credentials: { key: { type: "password" }, storePassword: { type: "password" } },
	paletteLabel() {
		return this._("pbx-config.palette");
	},
	label() {
		return this.name || (this.tenant ? `PBX ${this.tenant}` : this._("pbx-config.palette"));
	},
	oneditprepare() {
		$("#node-config-input-name").closest("form").addClass(FORM);
		const showTab = formTabs(
			"pbx-config",
			TABS.map((id) => ({ id, label: this._(`pbx-config.tab.${id}`) })),
		);
		const saved = migrate(this);
		offerCountries(saved.country);
		$("#node-config-input-url").on("input change", function () {
			$("#pbx-config-tls-row").toggle(/^\s*wss:|^\$/i.test(String($(this).val())));
		});
		helpWithAddress($("#node-config-input-url"), $("#pbx-config-url-meant"));
		$("#node-config-input-url").trigger("change");
		fill(saved);
		$("#node-config-input-store").on("change", showStore);
		showStore();
		$("#node-config-input-plus").autoComplete({ search: plusSearch(this), minLength: 0 });
		$("#node-config-input-timeZone").autoComplete({ search: timeZoneSearch, minLength: 0 });
		people = new PeopleTable(saved.people);
		words = new WordTable(saved.words, this.id);
		table = new ProTable(saved.activations);
		test = new ConnectionTest(this.id);
		wordsOpened({ id: this.id, words, show: () => showTab("words") });
	},
	oneditsave() {
		closed();
		this.activations = table?.rows ?? [];
		this.people = people?.rows ?? [];
		this.words = words?.rows ?? [];
		this.version = CONFIG_VERSION;
	},
	oneditcancel: closed,
	oneditdelete: closed,
});

hearWhatToTeach();
