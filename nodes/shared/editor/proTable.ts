import {
	type Activation,
	CALL_STATES,
	createTableMatcher,
	DIRECTIONS,
	RECOMMENDED_LINE,
	recommendedTable,
	templateFault,
} from "../../../src/calls/template";
import { sharedText } from "./api";
import { COLOURS } from "./colours";

function select(values: readonly string[], chosen: string, label: string, textOf: (value: string) => string): JQuery {
	const options = values.map((value) => $("<option>").val(value).text(textOf(value)));
	return $("<select>")
		.attr("aria-label", label)
		.append(...options)
		.val(chosen);
}

/** The PRO event table in the config node's form: its rows, the recommended line, and the trial of a line that arrived. */
export class ProTable {
	readonly #list = $("#pbx-config-activations");

	constructor(rows: readonly Activation[]) {
		this.#list.editableList({
			removable: true,
			sortable: true,
			height: "auto",
			addItem: (container, _index, data) => this.#fill(container, data),
			removeItem: () => this.#try(),
		});
		for (const row of rows) this.#list.editableList("addItem", row);
		$("#pbx-config-recommended-line").val(RECOMMENDED_LINE);
		$("#pbx-config-recommended").on("click", () => this.#recommend());
		$("#pbx-config-sample").on("input", () => this.#try());
		this.#try();
	}

	/** The rows as they stand in the form; those without a line are left out. */
	get rows(): Activation[] {
		const rows: Activation[] = [];
		this.#items().each((_index, element) => {
			const row = this.#read(element);
			if (row.command !== "") rows.push(row);
		});
		return rows;
	}

	#items(): JQuery<HTMLElement> {
		// The widget answers with jQuery objects within one.
		const items = this.#list.editableList("items").toArray();
		return $(items.flatMap((item) => $(item).get()));
	}

	#read(element: HTMLElement): Activation {
		const [state, direction] = $(element).find("select").toArray();
		return {
			state: CALL_STATES.find((value) => value === $(state ?? []).val()) ?? "colgado",
			direction: DIRECTIONS.find((value) => value === $(direction ?? []).val()) ?? "entrante",
			command: String($(element).find("input").val()).trim(),
		};
	}

	#fill(container: JQuery, data: object): void {
		const row: Activation = { state: "colgado", direction: "entrante", command: "", ...data };
		const remove = container.closest("li").find(".red-ui-editableList-item-remove");
		remove.attr("aria-label", sharedText("pbx-config.label.remove"));
		container.css({ display: "flex", flexWrap: "wrap", gap: "4px" });
		const change = () => this.#try();
		select(CALL_STATES, row.state, sharedText("pbx-config.label.state"), (value) =>
			sharedText(`pbx-config.state.${value}`),
		)
			.css({ flex: "1" })
			.on("change", change)
			.appendTo(container);
		select(DIRECTIONS, row.direction, sharedText("pbx-config.label.direction"), (value) =>
			sharedText(`pbx-config.direction.${value}`),
		)
			.css({ flex: "1" })
			.on("change", change)
			.appendTo(container);
		const fault = $("<div>").attr("role", "alert").css({ width: "100%", color: COLOURS.bad }).hide();
		$("<input>")
			.attr({
				type: "text",
				"aria-label": sharedText("pbx-config.label.command"),
				placeholder: sharedText("pbx-config.placeholder.command"),
			})
			.css({ width: "100%" })
			.val(row.command)
			.on("input", (event) => {
				const command = String($(event.target).val());
				const found = command.trim() === "" ? null : templateFault(command);
				$(event.target).toggleClass("input-error", found !== null);
				fault.toggle(found !== null).text(found === null ? "" : sharedText(`pbx-config.fault.${found}`));
				change();
			})
			.appendTo(container)
			.after(fault)
			.trigger("input");
	}

	#recommend(): void {
		const known = this.rows.map(({ state, direction, command }) => `${state} ${direction} ${command}`);
		for (const row of recommendedTable()) {
			if (!known.includes(`${row.state} ${row.direction} ${row.command}`)) this.#list.editableList("addItem", row);
		}
		$("#pbx-config-recommended-row").show();
		$("#pbx-config-recommended-line").trigger("focus").trigger("select");
	}

	/** Shows what the table makes of the line that was pasted. */
	#try(): void {
		const line = String($("#pbx-config-sample").val() ?? "").trim();
		const answer = $("#pbx-config-sample-answer").empty();
		this.#items().removeAttr("data-matches").css("background", "");
		if (line === "") return;
		const found = createTableMatcher(this.rows)(line);
		if (!found) {
			answer.append($("<span>").css("color", COLOURS.bad).text(sharedText("pbx-config.sample.none")));
			return;
		}
		// Where the line itself says its state and direction, they tell which of the rows with this line it was.
		const { state, direction } = found.fields;
		const isMeant = (row: Activation) =>
			found.rows.some(({ command }) => command === row.command) &&
			(!CALL_STATES.some((each) => each === state) || row.state === state) &&
			(!DIRECTIONS.some((each) => each === direction) || row.direction === direction);
		this.#items()
			.filter((_index, element) => isMeant(this.#read(element)))
			.attr("data-matches", "true")
			.css("background", "rgba(63, 143, 79, 0.25)");
		const table = $("<table>").css({ width: "100%", tableLayout: "fixed" });
		for (const [field, value] of Object.entries(found.fields)) {
			const cell = $("<td>")
				.css({ wordBreak: "break-all" })
				.text(value ?? sharedText("pbx-config.sample.null"));
			if (value === null) cell.css("opacity", 0.6);
			const head = $("<th>").attr("scope", "row").css({ textAlign: "left", width: "35%", fontWeight: "normal" });
			table.append($("<tr>").append(head.append($("<code>").text(field)), cell));
		}
		answer.append(table);
	}
}
