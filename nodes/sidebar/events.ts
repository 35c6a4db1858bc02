import type { JournalEntry } from "../../src/pbx/journalEntry";
import { sharedText } from "../shared/editor/api";
import { entryDetails, entryText } from "./entryText";
import { clockTime } from "./format";
import { type KeyedItems, type Row, Rows, setAttribute, setLine, setShown, setText } from "./lists";

/** What the list can be narrowed to. */
const KINDS: Readonly<Record<string, (entry: JournalEntry) => boolean>> = {
	all: () => true,
	calls: ({ kind }) => kind === "call",
	missed: (entry) => entry.kind === "call" && entry.outcome === "missed",
	links: (entry) => entry.kind === "unwatched" || (entry.kind === "other" && entry.event.startsWith("link.")),
	other: (entry) => entry.kind === "other" && !entry.event.startsWith("link."),
};

function eventRow(): Row<JournalEntry> {
	const element = $("<li>");
	const [time, what] = [$("<time>"), $("<span>")];
	const code = $("<code>");
	const details = $("<details>").append($("<summary>").append(time, " ", what), code);
	const mark = $("<p>").addClass("pbx-mark");
	element.append(details, mark);
	return {
		element,
		show(entry, now) {
			const isMark = entry.kind === "unwatched";
			setAttribute(element, "data-outcome", entry.kind === "call" ? (entry.outcome ?? "going") : entry.kind);
			setShown(details, !isMark);
			setShown(mark, isMark);
			const text = entryText(entry, now);
			if (isMark) setText(mark, text);
			setText(time, clockTime(entry.at, now));
			setText(what, text);
			setText(code, entryDetails(entry, now).join("\n"));
		},
	};
}

function toolButton(name: string, icon: string): JQuery {
	const label = sharedText(`sidebar.${name}`);
	return $("<button>")
		.attr({ type: "button", title: label, "data-tool": name })
		.addClass("red-ui-button red-ui-button-small")
		.append($("<i>").addClass(`fa ${icon}`).attr("aria-hidden", "true"), $("<span>").text(` ${label}`));
}

/** The list of an account's last events, each call once; each shows what it rests on when it is opened. */
export class EventsView {
	readonly element = $("<div>");
	readonly #kind = $("<select>").attr("aria-label", sharedText("sidebar.kind.label"));
	readonly #filter = $("<input>").attr({
		...{ type: "search", autocomplete: "off" },
		...{ "aria-label": sharedText("sidebar.filter"), placeholder: sharedText("sidebar.filter") },
	});
	readonly #pause = toolButton("pause", "fa-pause").attr("aria-pressed", "false");
	readonly #quiet = $("<p>").addClass("pbx-quiet");
	readonly #rows = new Rows<JournalEntry>(
		$("<ol>").addClass("pbx-log").attr("aria-label", sharedText("sidebar.events")),
		eventRow,
	);
	#entries: readonly JournalEntry[] = [];
	/** What is shown while the list stands still; null while it goes on. */
	#held: readonly JournalEntry[] | null = null;
	/** What came before is cleared away. */
	#clearedAt = "";
	#now = Date.now();

	constructor() {
		const options = Object.keys(KINDS).map((kind) =>
			$("<option>")
				.val(kind)
				.text(sharedText(`sidebar.kind.${kind}`)),
		);
		this.#kind.append(...options).on("change", () => this.#draw());
		this.#filter.on("input", () => this.#draw());
		this.#pause.on("click", () => this.#turn());
		const clear = toolButton("clear", "fa-ban").on("click", () => this.#clear());
		const copy = toolButton("copy", "fa-copy");
		copy.on("click", () => RED.clipboard.copyText(this.text, copy, sharedText("sidebar.copied")));
		const tools = $("<div>").addClass("pbx-tools");
		tools.append(this.#kind, this.#filter, $("<span>").append(this.#pause, clear, copy));
		this.element.append(tools, this.#quiet, this.#rows.element);
	}

	/** What is shown, as text. */
	get text(): string {
		return this.#shown
			.map((entry) => {
				const details = entryDetails(entry, this.#now).map((line) => `\t${line}`);
				return [`${entry.at}\t${entryText(entry, this.#now)}`, ...details].join("\n");
			})
			.join("\n");
	}

	show(entries: KeyedItems<JournalEntry>, now: number): void {
		this.#entries = entries.all;
		this.#now = now;
		this.#draw();
	}

	/** Another account's events follow. */
	restart(): void {
		this.#clearedAt = "";
		if (this.#held) this.#turn();
	}

	get #shown(): JournalEntry[] {
		const sought = String(this.#filter.val() ?? "")
			.trim()
			.toLowerCase();
		const isKind = KINDS[String(this.#kind.val())] ?? (() => true);
		return (this.#held ?? this.#entries).filter((entry) => {
			if (entry.at <= this.#clearedAt || !isKind(entry)) return false;
			if (sought === "") return true;
			return [entryText(entry, this.#now), ...entryDetails(entry, this.#now)].join("\n").toLowerCase().includes(sought);
		});
	}

	#turn(): void {
		this.#held = this.#held ? null : this.#entries;
		const isHeld = this.#held !== null;
		setAttribute(this.#pause, "aria-pressed", String(isHeld));
		const label = sharedText(isHeld ? "sidebar.resume" : "sidebar.pause");
		this.#pause.attr("title", label).find("span").text(` ${label}`);
		this.#pause.find("i").toggleClass("fa-pause", !isHeld).toggleClass("fa-play", isHeld);
		this.#draw();
	}

	#clear(): void {
		// By the clock of the events, which is the Node-RED's.
		this.#clearedAt = this.#entries.reduce((latest, { at }) => (at > latest ? at : latest), this.#clearedAt);
		if (this.#held) this.#turn();
		this.#draw();
	}

	#draw(): void {
		const shown = this.#shown;
		this.#rows.show(shown, this.#now);
		const isFiltered = this.#filter.val() !== "" || this.#kind.val() !== "all";
		const none = sharedText(isFiltered ? "sidebar.none-found" : "sidebar.no-events");
		setLine(this.#quiet, this.#held ? sharedText("sidebar.paused") : shown.length === 0 ? none : "");
	}
}
