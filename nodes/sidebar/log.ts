import type { LiveAccount } from "../admin/contract";
import { sharedText } from "../shared/editor/api";
import { masked, masking, shownNumber } from "./format";

/** Events that the list keeps. */
const KEPT = 50;

type Entry = LiveAccount["events"][number];

function summary({ event }: Entry): string {
	const time = new Date(event.at).toLocaleTimeString(navigator.language.split("@")[0]);
	const what = sharedText(`event.${event.event.replace(".", "-")}`);
	const number = "callId" in event ? `, ${shownNumber(event)}` : "";
	const outcome = event.event === "call.ended" || event.event === "call.record" ? event.outcome : null;
	const end = outcome ? `, ${sharedText(`outcome.${outcome}`)}` : "";
	const state = "state" in event ? `: ${sharedText(`status.${event.state}`)}` : "";
	return `${time} · ${event.extension} · ${what}${state}${number}${end}`;
}

/** The list of an account's last events; each shows its raw ticket when it is opened. */
export class LogView {
	readonly element = $("<section>");
	readonly #list = $("<ol>").addClass("pbx-log").attr("aria-label", sharedText("sidebar.events"));
	readonly #quiet = $("<p>").addClass("pbx-quiet").text(sharedText("sidebar.no-events"));
	#entries: Entry[] = [];
	#isMasked = masking.isOn;
	/** The place of the newest event that is shown. */
	last = 0;

	constructor() {
		this.element.append($("<h4>").text(sharedText("sidebar.events")), this.#quiet, this.#list);
	}

	/** Adds what is new, on top. */
	add(events: readonly Entry[]): void {
		if (this.#isMasked !== masking.isOn) {
			this.#isMasked = masking.isOn;
			this.#list.empty();
			for (const entry of this.#entries) this.#list.prepend(this.#row(entry));
		}
		for (const entry of events) {
			this.#list.prepend(this.#row(entry));
			this.last = entry.seq;
		}
		this.#entries = [...this.#entries, ...events].slice(-KEPT);
		this.#list.children().slice(KEPT).remove();
		this.#quiet.toggle(this.#entries.length === 0);
	}

	#row(entry: Entry): JQuery {
		const { event } = entry;
		// A record rests on all the tickets of its call.
		const raw = event.event === "call.record" ? event.crm.summary : (event.raw ?? sharedText("sidebar.no-ticket"));
		const details = $("<details>").append($("<summary>").text(summary(entry)));
		const display = "crm" in event ? event.crm.display : undefined;
		details.append($("<code>").text(masking.isOn ? masked(raw, display) : raw));
		return $("<li>").append(details);
	}
}
