import type { SavedPerson } from "../options";
import { peopleFaults } from "../people";
import { sharedText } from "./api";
import { EditableRows } from "./editableRows";

const FIELDS = ["extension", "name", "user", "email"] as const;

/** The table of people in the config node's form: whose extensions they are. */
export class PeopleTable {
	readonly #rows = new EditableRows($("#pbx-config-people"), {
		rowClass: "pbx-person",
		fill: (container, data) => this.#fill(container, data),
		changed: () => this.#check(),
	});

	constructor(rows: readonly SavedPerson[]) {
		for (const row of rows) this.#rows.add(row);
	}

	/** The rows as they stand in the form; those with nothing in them are left out. */
	get rows(): SavedPerson[] {
		return this.#read().filter((row) => FIELDS.some((field) => row[field] !== ""));
	}

	#read(): SavedPerson[] {
		return this.#rows.items.map((item) => {
			const value = (field: string) => String(item.find(`[data-field="${field}"]`).val() ?? "").trim();
			return { extension: value("extension"), name: value("name"), user: value("user"), email: value("email") };
		});
	}

	#fill(container: JQuery, data: object): void {
		const row: SavedPerson = { extension: "", name: "", user: "", email: "", ...data };
		for (const field of FIELDS) {
			const label = sharedText(`pbx-config.person.${field}`);
			$("<input>")
				.attr({ type: "text", "aria-label": label, placeholder: label, "data-field": field })
				.val(row[field])
				.on("input", () => this.#check())
				.appendTo(container);
		}
	}

	#check(): void {
		const faults = peopleFaults(this.#read());
		for (const [i, item] of this.#rows.items.entries()) {
			const fault = faults[i] ?? null;
			item.find('[data-field="extension"]').toggleClass("input-error", fault !== null);
			EditableRows.tell(item, fault === null ? null : sharedText(`pbx-config.person.fault.${fault}`));
		}
	}
}
