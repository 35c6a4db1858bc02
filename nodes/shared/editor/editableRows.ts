import { sharedText } from "./api";
import { COLOURS } from "./colours";

/** What a table makes of its rows. */
export interface RowTable {
	/** A class for each row. */
	readonly rowClass: string;
	/** Puts the fields of a row in place. */
	fill(container: JQuery, data: object): void;
	/** A row has come, or gone. */
	changed(): void;
}

/** Rows of a form that people add to, sort and take from, each with a place for what is wrong with it. */
export class EditableRows {
	readonly #list: JQuery;

	constructor(list: JQuery, { rowClass, fill, changed }: RowTable) {
		this.#list = list;
		list.editableList({
			removable: true,
			sortable: true,
			height: "auto",
			addItem(container, _index, data) {
				const remove = container.closest("li").find(".red-ui-editableList-item-remove");
				remove.attr("aria-label", sharedText("pbx-config.label.remove"));
				container.addClass(rowClass);
				fill(container, data);
				$("<div>").attr("role", "alert").css("color", COLOURS.bad).hide().appendTo(container);
				changed();
			},
			removeItem: changed,
		});
	}

	/** Adds a row at the end. */
	add(data: object): void {
		this.#list.editableList("addItem", data);
	}

	/** The rows, from above. */
	get items(): JQuery[] {
		// The widget answers with jQuery objects within one.
		return this.#list
			.editableList("items")
			.toArray()
			.map((item) => $(item));
	}

	/** Says what is wrong with a row; null for nothing. */
	static tell(item: JQuery, fault: string | null): void {
		item
			.find('[role="alert"]')
			.toggle(fault !== null)
			.text(fault ?? "");
	}
}
