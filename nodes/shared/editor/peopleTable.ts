import type { SavedPerson } from "../options";
import { peopleFaults } from "../people";
import { sharedText } from "./api";
import { COLOURS } from "./colours";

const FIELDS = ["extension", "name", "user", "email"] as const;

/** The table of people in the config node's form: whose extensions they are. */
export class PeopleTable {
	readonly #list = $("#pbx-config-people");

	constructor(rows: readonly SavedPerson[]) {
		this.#list.editableList({
			removable: true,
			sortable: true,
			height: "auto",
			addItem: (container, _index, data) => this.#fill(container, data),
			removeItem: () => this.#check(),
		});
		for (const row of rows) this.#list.editableList("addItem", row);
	}

	/** The rows as they stand in the form; those with nothing in them are left out. */
	get rows(): SavedPerson[] {
		return this.#read().filter((row) => FIELDS.some((field) => row[field] !== ""));
	}

	#items(): HTMLElement[] {
		// The widget answers with jQuery objects within one.
		return this.#list
			.editableList("items")
			.toArray()
			.flatMap((item) => $(item).get());
	}

	#read(): SavedPerson[] {
		return this.#items().map((item) => {
			const value = (field: string) => String($(item).find(`[data-field="${field}"]`).val() ?? "").trim();
			return { extension: value("extension"), name: value("name"), user: value("user"), email: value("email") };
		});
	}

	#fill(container: JQuery, data: object): void {
		const row: SavedPerson = { extension: "", name: "", user: "", email: "", ...data };
		const remove = container.closest("li").find(".red-ui-editableList-item-remove");
		remove.attr("aria-label", sharedText("pbx-config.label.remove"));
		container.addClass("pbx-person");
		for (const field of FIELDS) {
			const label = sharedText(`pbx-config.person.${field}`);
			$("<input>")
				.attr({ type: "text", "aria-label": label, placeholder: label, "data-field": field })
				.val(row[field])
				.on("input", () => this.#check())
				.appendTo(container);
		}
		$("<div>").attr("role", "alert").css("color", COLOURS.bad).hide().appendTo(container);
		this.#check();
	}

	#check(): void {
		const faults = peopleFaults(this.#read());
		for (const [i, item] of this.#items().entries()) {
			const fault = faults[i] ?? null;
			$(item)
				.find('[data-field="extension"]')
				.toggleClass("input-error", fault !== null);
			$(item)
				.find('[role="alert"]')
				.toggle(fault !== null)
				.text(fault === null ? "" : sharedText(`pbx-config.person.fault.${fault}`));
		}
	}
}
