import { DIRECTIONS, OUTCOMES } from "../../../src/eventNames";
import { sharedText } from "./api";

/** What calls can be filtered by, each with the values that there are. */
const KINDS = { directions: DIRECTIONS, outcomes: OUTCOMES } as const;

/** Boxes to tick in a form, of what calls can be filtered by. */
export class CallChoices {
	readonly #boxes = new Map<string, JQuery>();

	/**
	 * @param place  where they stand
	 * @param names  what can be ticked; all there are unless told otherwise
	 */
	constructor(
		place: JQuery,
		kind: keyof typeof KINDS,
		ticked: readonly string[],
		names: readonly string[] = KINDS[kind],
	) {
		place
			.empty()
			.addClass("pbx-choices")
			.attr({ role: "group", "aria-label": sharedText(`choice.${kind}.label`) });
		for (const name of names) {
			const box = $("<input>").attr("type", "checkbox").prop("checked", ticked.includes(name));
			const label = $("<label>").addClass("pbx-small-choice");
			place.append(label.append(box, $("<span>").text(sharedText(`choice.${kind}.${name}`))));
			this.#boxes.set(name, box);
		}
		place.append($("<small>").text(sharedText("choice.none-ticked")));
	}

	/** The names that are ticked. */
	get ticked(): string[] {
		return [...this.#boxes].filter(([, box]) => box.prop("checked") === true).map(([name]) => name);
	}
}
