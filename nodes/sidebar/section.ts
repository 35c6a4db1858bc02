import { sharedText } from "../shared/editor/api";
import { setText } from "./lists";

const STORED = "pbx-sidebar-folded";

function folded(): Record<string, boolean> {
	try {
		const saved: unknown = JSON.parse(localStorage.getItem(STORED) ?? "{}");
		return typeof saved === "object" && saved !== null ? { ...saved } : {};
	} catch {
		return {};
	}
}

/** A part of the tab that can be folded away, in this browser from then on. */
export class Section {
	readonly element = $("<details>").addClass("pbx-section");
	readonly body = $("<div>").addClass("pbx-section-body");
	readonly #count = $("<span>").addClass("pbx-count");

	/**
	 * @param name       of its title in the catalog
	 * @param isOpen     unless somebody folded it, or opened it
	 * @param whenTurned runs when somebody does
	 */
	constructor(name: string, isOpen: boolean, whenTurned: () => void) {
		const [details] = this.element.get() as HTMLDetailsElement[];
		const title = $("<summary>").append($("<span>").text(sharedText(`sidebar.${name}`)), " ", this.#count);
		this.element.attr("data-section", name).append(title, this.body);
		if (details) details.open = !(folded()[name] ?? !isOpen);
		this.element.on("toggle", () => {
			localStorage.setItem(STORED, JSON.stringify({ ...folded(), [name]: !this.isOpen }));
			whenTurned();
		});
	}

	get isOpen(): boolean {
		return this.element.prop("open") === true;
	}

	/** What stands beside the title. */
	count(text: string): void {
		setText(this.#count, text);
	}
}
