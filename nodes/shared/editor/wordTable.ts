import { fold, WORD_MEANINGS } from "../../../src/protocol/vocabulary";
import type { UnknownWord } from "../../admin/contract";
import { type SavedWord, wordFaults } from "../words";
import { heardWords, sharedText } from "./api";
import { EditableRows } from "./editableRows";

/** The meanings as they stand in the list to choose from, by what they are said of. */
const GROUPS = {
	state: WORD_MEANINGS.slice(0, 4),
	dial: WORD_MEANINGS.slice(4, 8),
	other: WORD_MEANINGS.slice(8),
} as const;

function meaningSelect(chosen: string): JQuery {
	const name = sharedText("words.meaning-label");
	const ask = $("<option>").val("").text(sharedText("words.choose"));
	const groups = Object.entries(GROUPS).map(([group, meanings]) =>
		$("<optgroup>")
			.attr("label", sharedText(`words.group.${group}`))
			.append(
				...meanings.map((each) =>
					$("<option>")
						.val(each)
						.text(sharedText(`words.meaning.${each}`)),
				),
			),
	);
	return $("<select>")
		.attr("aria-label", name)
		.append(ask, ...groups)
		.val(chosen);
}

/** The table of words in the config node's form, and beside it the words heard so far that nobody knows. */
export class WordTable {
	readonly #rows = new EditableRows($("#pbx-config-words"), {
		rowClass: "pbx-word",
		fill: (container, data) => this.#fill(container, data),
		changed: () => this.#check(),
	});
	readonly #heard = $("#pbx-config-heard-words");

	/** @param pbx  the config node, for what it has heard */
	constructor(rows: readonly SavedWord[], pbx: string) {
		for (const row of rows) this.#rows.add(row);
		void heardWords(pbx).then((words) => this.#offer(words));
	}

	/** The rows as they stand in the form; those with nothing in them are left out. */
	get rows(): SavedWord[] {
		return this.#read().filter(({ word }) => word !== "");
	}

	/** Gives a word a row where none waits for its meaning yet; gives the field that is to say it. */
	teach(word: string): JQuery | undefined {
		const rows = this.#read();
		const waiting = rows.findIndex((row) => row.meaning === "" && fold(row.word) === fold(word));
		if (waiting === -1) this.#rows.add({ word });
		return this.#rows.items.at(waiting)?.find("select");
	}

	#read(): SavedWord[] {
		return this.#rows.items.map((item) => {
			const meaning = String(item.find("select").val() ?? "");
			return {
				word: String(item.find("input").val() ?? "").trim(),
				meaning: WORD_MEANINGS.find((each) => each === meaning) ?? "",
			};
		});
	}

	#fill(container: JQuery, data: object): void {
		const row: SavedWord = { word: "", meaning: "", ...data };
		const label = sharedText("words.word-label");
		$("<input>")
			.attr({ type: "text", "aria-label": label, placeholder: label })
			.val(row.word)
			.on("input", () => this.#check())
			.appendTo(container);
		meaningSelect(row.meaning)
			.on("change", () => this.#check())
			.appendTo(container);
	}

	#check(): void {
		const rows = this.#read();
		const faults = wordFaults(rows);
		for (const [i, item] of this.#rows.items.entries()) {
			const fault = faults[i] ?? null;
			const isOfWord = fault === "word" || fault === "twice";
			item.find("input").toggleClass("input-error", isOfWord);
			item.find("select").toggleClass("input-error", fault === "meaning");
			EditableRows.tell(item, isOfWord ? sharedText(`words.fault.${fault}`) : null);
		}
		// What has a row needs no offer.
		const taken = new Set(rows.map(({ word }) => fold(word)));
		this.#heard.find("li").each(function () {
			$(this).toggle(!taken.has(fold($(this).attr("data-word") ?? "")));
		});
	}

	#offer(words: readonly UnknownWord[]): void {
		$("#pbx-config-heard").toggle(words.length > 0);
		$("#pbx-config-no-words").toggle(words.length === 0);
		for (const each of words) this.#heard.append(this.#offered(each));
		this.#check();
	}

	#offered({ word, place, count, ticket }: UnknownWord): JQuery {
		const teach = $("<button>")
			.attr({ type: "button", "aria-label": sharedText("words.teach-word", { word }) })
			.addClass("red-ui-button red-ui-button-small")
			.text(sharedText("words.teach"))
			.on("click", () => this.teach(word)?.trigger("focus"));
		const where = sharedText(`words.place.${place}`, { count });
		return $("<li>")
			.attr("data-word", word)
			.append(teach, $("<strong>").text(`«${word}»`), $("<span>").text(where), $("<code>").text(ticket));
	}
}
