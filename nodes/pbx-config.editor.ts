import { type Activation, templateFault } from "../src/calls/template";
import { ConnectionTest } from "./shared/editor/connectionTest";
import { ProTable } from "./shared/editor/proTable";
import { limit, numberPatterns, plusPrefix, serverUrl, tenant } from "./shared/editor/validators";
import { migrate } from "./shared/migrate";
import { CONFIG_VERSION, type PbxConfigOptions } from "./shared/options";
import { addSidebar } from "./sidebar/sidebar";

/** What the country field offers; any other code that was saved stays. */
const COUNTRIES = "ES PT AD FR IT GB IE DE AT CH BE NL LU MA BR MX AR CL CO PE US".split(" ");

/** What belongs to the form that is open. */
let test: ConnectionTest | null = null;
let table: ProTable | null = null;

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

RED.nodes.registerType<PbxConfigOptions>("pbx-config", {
	category: "config",
	defaults: {
		name: { value: "" },
		url: { value: "", required: true, validate: serverUrl },
		tenant: { value: "", required: true, validate: tenant },
		tls: { value: "", type: "tls-config", required: false },
		country: { value: "ES", required: true },
		plus: { value: "+", validate: plusPrefix },
		groups: { value: true },
		dialAllowed: { value: "", validate: numberPatterns },
		dialPerExtension: { value: 0, validate: limit },
		dialInAll: { value: 0, validate: limit },
		dialRepeat: { value: 0, validate: limit },
		dryRun: { value: false },
		activations: {
			value: [],
			validate(value, _options) {
				for (const [i, { command }] of (value as Activation[]).entries()) {
					const fault = templateFault(command);
					if (fault)
						return this._("pbx-config.invalid.row", { row: i + 1, fault: this._(`pbx-config.fault.${fault}`) });
				}
				return true;
			},
		},
		version: { value: CONFIG_VERSION },
	},
	credentials: { key: { type: "password" } },
	paletteLabel() {
		return this._("pbx-config.palette");
	},
	label() {
		return this.name || (this.tenant ? `PBX ${this.tenant}` : this._("pbx-config.palette"));
	},
	oneditprepare() {
		const saved = migrate(this);
		offerCountries(saved.country);
		$("#node-config-input-url").on("input change", function () {
			$("#pbx-config-tls-row").toggle(/^\s*wss:|^\$/i.test(String($(this).val())));
		});
		$("#node-config-input-url").trigger("change");

		$("#node-config-input-groups").prop("checked", saved.groups);
		$("#node-config-input-plus").val(saved.plus);
		$("#node-config-input-dialAllowed").val(saved.dialAllowed);
		for (const name of ["dialPerExtension", "dialInAll", "dialRepeat"] as const) {
			$(`#node-config-input-${name}`).val(saved[name]);
		}
		table = new ProTable(saved.activations);
		test = new ConnectionTest(this.id);
	},
	oneditsave() {
		test?.close();
		this.activations = table?.rows ?? [];
		this.version = CONFIG_VERSION;
	},
	oneditcancel() {
		test?.close();
	},
	oneditdelete() {
		test?.close();
	},
});

addSidebar();
