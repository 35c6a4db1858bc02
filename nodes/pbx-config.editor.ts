import {
	type Activation,
	CALL_STATES,
	DIRECTIONS,
	RECOMMENDED_LINE,
	recommendedTable,
	templateFault,
} from "../src/calls/template";
import { plusPrefix, serverUrl, tenant } from "./shared/editor/validators";
import type { PbxConfigOptions } from "./shared/options";

/** What the country field offers; any other code that was saved stays. */
const COUNTRIES = "ES PT AD FR IT GB IE DE AT CH BE NL LU MA BR MX AR CL CO PE US".split(" ");

/** Names of countries in the browser's language; some browsers call theirs by no valid name (`en-US@posix`). */
function countryNames(): Intl.DisplayNames {
	const [language = "en"] = navigator.language.split("@");
	const isKnown = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language);
	return new Intl.DisplayNames([isKnown ? language : "en", "en"], { type: "region" });
}

function select(values: readonly string[], chosen: string, label: string, textOf: (value: string) => string): JQuery {
	const options = values.map((value) => $("<option>").val(value).text(textOf(value)));
	return $("<select>")
		.attr("aria-label", label)
		.append(...options)
		.val(chosen);
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
	},
	credentials: { key: { type: "password" } },
	paletteLabel() {
		return this._("pbx-config.palette");
	},
	label() {
		return this.name || (this.tenant ? `PBX ${this.tenant}` : this._("pbx-config.palette"));
	},
	oneditprepare() {
		const names = countryNames();
		const codes = COUNTRIES.includes(this.country) ? COUNTRIES : [...COUNTRIES, this.country];
		$("#node-config-input-country").append(
			...codes.map((code) =>
				$("<option>")
					.val(code)
					.text(/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code),
			),
		);
		$("#node-config-input-country").val(this.country);
		$("#node-config-input-url").on("input change", function () {
			$("#pbx-config-tls-row").toggle(/^\s*wss:|^\$/i.test(String($(this).val())));
		});
		$("#node-config-input-url").trigger("change");

		// Saved before the choice existed.
		if (this.groups === undefined) $("#node-config-input-groups").prop("checked", true);
		if (this.plus === undefined) $("#node-config-input-plus").val("+");

		const list = $("#pbx-config-activations");
		list.editableList({
			removable: true,
			sortable: true,
			height: "auto",
			addItem: (container, _index, data) => {
				const row: Activation = { state: "colgado", direction: "entrante", command: "", ...data };
				container.css({ display: "flex", flexWrap: "wrap", gap: "4px" });
				const sentence = (fault: string) => this._(`pbx-config.fault.${fault}`);
				const label = (key: string) => this._(`pbx-config.label.${key}`);
				select(CALL_STATES, row.state, label("state"), (value) => this._(`pbx-config.state.${value}`))
					.css({ flex: "1" })
					.appendTo(container);
				select(DIRECTIONS, row.direction, label("direction"), (value) => this._(`pbx-config.direction.${value}`))
					.css({ flex: "1" })
					.appendTo(container);
				$("<input>")
					.attr({ type: "text", "aria-label": label("command"), placeholder: this._("pbx-config.placeholder.command") })
					.css({ width: "100%" })
					.val(row.command)
					.on("input", function () {
						const command = String($(this).val());
						const fault = command === "" ? null : templateFault(command);
						$(this).toggleClass("input-error", fault !== null);
						$(this).attr("title", fault === null ? "" : sentence(fault));
					})
					.trigger("input")
					.appendTo(container);
			},
		});
		for (const row of this.activations) list.editableList("addItem", row);
		$("#pbx-config-recommended-line").val(RECOMMENDED_LINE);
		$("#pbx-config-recommended").on("click", () => {
			for (const row of recommendedTable()) list.editableList("addItem", row);
			$("#pbx-config-recommended-row").show();
			$("#pbx-config-recommended-line").trigger("select");
		});
	},
	oneditsave() {
		const rows: Activation[] = [];
		$("#pbx-config-activations")
			.editableList("items")
			.each((_index, element) => {
				const [state, direction] = $(element).find("select").toArray();
				const command = String($(element).find("input").val()).trim();
				if (command === "") return;
				rows.push({
					state: CALL_STATES.find((value) => value === $(state ?? []).val()) ?? "colgado",
					direction: DIRECTIONS.find((value) => value === $(direction ?? []).val()) ?? "entrante",
					command,
				});
			});
		this.activations = rows;
	},
});
