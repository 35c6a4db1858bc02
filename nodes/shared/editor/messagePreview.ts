import { type EventName, topicOf } from "../../../src/eventNames";
import type { PbxEvent } from "../../../src/messages";
import { lastEvents, sharedText } from "./api";
import { EXAMPLE_EVENTS } from "./exampleEvents";

/** Milliseconds between two looks at what has come. */
const PACE = 3_000;

/** The message that an event is sent as; `call`, which holds the same, is said beside it. */
export function messageOf(event: PbxEvent): object {
	return { topic: topicOf(event), payload: event };
}

/** Shows, in the form of `pbx-in`, a message by event: the last one that came, or an example until one does. */
export class MessagePreview {
	readonly #choice = $("#pbx-in-preview-event");
	readonly #text = $("#pbx-in-preview");
	readonly #source = $("#pbx-in-preview-source");
	#last = new Map<string, PbxEvent>();
	#timer: ReturnType<typeof setInterval> | null = null;

	constructor() {
		this.#choice.on("change", () => this.#show());
		$("#pbx-in-preview-box").on("toggle", () => this.#look());
		this.#timer = setInterval(() => this.#look(), PACE);
	}

	/** The events to choose from. */
	offer(names: readonly EventName[]): void {
		const chosen = String(this.#choice.val() ?? "");
		this.#choice.empty().append(...names.map((name) => $("<option>").val(name).text(name)));
		if (names.some((name) => name === chosen)) this.#choice.val(chosen);
		$("#pbx-in-preview-row").toggle(names.length > 0);
		this.#show();
	}

	/** The form is closed. */
	close(): void {
		if (this.#timer !== null) clearInterval(this.#timer);
		this.#timer = null;
	}

	#look(): void {
		if ($("#pbx-in-preview-box").prop("open") !== true) return;
		void lastEvents(String($("#node-input-pbx").val() ?? "")).then((events) => {
			if (this.#timer === null) return;
			this.#last = new Map(events.map((event) => [event.event, event]));
			this.#show();
		});
	}

	#show(): void {
		const name = String(this.#choice.val() ?? "");
		const isName = (text: string): text is EventName => text in EXAMPLE_EVENTS;
		if (!isName(name)) return;
		const real = this.#last.get(name);
		const time = real ? new Date(real.at).toLocaleTimeString() : "";
		const source = real ? sharedText("preview.last", { time }) : sharedText("preview.example");
		this.#source.text(name.startsWith("call.") ? `${source} · ${sharedText("preview.call")}` : source);
		const text = JSON.stringify(messageOf(real ?? EXAMPLE_EVENTS[name]), null, 2);
		if (this.#text.text() !== text) this.#text.text(text);
	}
}
