import { fold } from "../../src/protocol/vocabulary";
import type { LiveWord } from "../admin/contract";
import { sharedText } from "../shared/editor/api";
import { readWords } from "../shared/words";
import { clockTime, escaped, masked, masking, plain } from "./format";
import { type KeyedItems, type Row, Rows, setAttribute, setLine, setText } from "./lists";

/** What the editor knows of the account: whether it has it, and the words that its form has been taught. */
interface Taught {
	readonly account: string;
	readonly isHere: boolean;
	readonly words: ReadonlySet<string>;
}

function taughtOf(account: string): Taught {
	const node = RED.nodes.node(account);
	const words = readWords(node?.words).map(({ word }) => fold(word));
	return { account, isHere: node?.type === "pbx-config", words: new Set(words) };
}

function wordRow(taughtNow: () => Taught): Row<LiveWord> {
	const element = $("<li>").addClass("pbx-heard-word");
	const [word, where, time] = [$("<button>"), $("<span>").addClass("pbx-quiet"), $("<time>")];
	const [ticket, taught] = [$("<code>"), $("<p>").addClass("pbx-quiet")];
	let shown: LiveWord | null = null;
	word.attr("type", "button").addClass("pbx-link-button");
	word.on("click", () => {
		// The form is a script of its own.
		if (shown) RED.events.emit("pbx:teach-word", { id: taughtNow().account, word: shown.word });
	});
	element.append(word, " ", where, " ", time, ticket, taught);
	return {
		element,
		show(item, now) {
			shown = item;
			const { isHere, words } = taughtNow();
			setText(word, `«${plain(item.word)}»`);
			setAttribute(word, "title", sharedText("words.teach-word", { word: plain(item.word) }));
			if (word.prop("disabled") === isHere) word.prop("disabled", !isHere);
			setText(where, sharedText(`words.place.${item.place}`, { count: item.count }));
			setText(time, clockTime(new Date(item.at).toISOString(), now));
			setText(ticket, masking.isOn ? masked(escaped(item.ticket)) : escaped(item.ticket));
			setLine(taught, words.has(fold(item.word)) ? sharedText("words.taught") : "");
		},
	};
}

/** The words that an account uses and nobody knows: a click on one opens the form that teaches it. */
export class WordsView {
	readonly element = $("<div>");
	readonly #rows: Rows<LiveWord>;
	readonly #quiet = $("<p>").addClass("pbx-quiet");
	#taught: Taught = { account: "", isHere: false, words: new Set() };

	constructor() {
		const list = $("<ul>").attr("aria-label", sharedText("sidebar.words"));
		this.#rows = new Rows<LiveWord>(list, () => wordRow(() => this.#taught));
		this.element.append($("<p>").addClass("pbx-quiet").text(sharedText("sidebar.words-hint")));
		this.element.append(list, this.#quiet);
	}

	show(words: KeyedItems<LiveWord>, account: string, now: number): void {
		this.#taught = taughtOf(account);
		this.#rows.show(words.all, now);
		setText(this.#quiet, words.more > 0 ? sharedText("sidebar.more", { count: words.more }) : "");
	}
}
