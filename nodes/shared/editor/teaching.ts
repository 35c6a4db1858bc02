import { sharedText } from "./api";
import type { WantedWord } from "./red";
import type { WordTable } from "./wordTable";

/** The form of a PBX that is open. */
interface OpenForm {
	readonly id: string;
	readonly words: WordTable;
	/** Shows the tab of words. */
	show(): void;
}

let open: OpenForm | null = null;
/** The word that somebody wants to teach in a form that is about to open. */
let wanted: WantedWord | null = null;

/** To be called when the form of a PBX is filled. */
export function wordsOpened(form: OpenForm): void {
	open = form;
	if (wanted?.id !== form.id) return;
	const { word } = wanted;
	wanted = null;
	form.show();
	const meaning = form.words.teach(word);
	// Node-RED puts the cursor into the first field of a form that has slid in: then it goes where it is needed.
	$("#pbx-config-panels")
		.closest(".red-ui-tray")
		.one("focusin", () => void setTimeout(() => meaning?.trigger("focus")));
}

/** To be called when it is closed. */
export function wordsClosed(): void {
	open = null;
}

/** Opens the form of a PBX, or takes the one that is open, with a word in a row that waits for its meaning. */
function teach({ id, word }: WantedWord): void {
	if (!open) {
		wanted = { id, word };
		RED.editor.editConfig("", "pbx-config", id);
	} else if (open.id === id && $("#pbx-config-words").length > 0) {
		open.show();
		open.words.teach(word)?.trigger("focus");
	} else {
		RED.notify(sharedText("words.close-form"), "warning");
	}
}

/** To be called once, where the form is. */
export function hearWhatToTeach(): void {
	RED.events.on("pbx:teach-word", teach);
}
