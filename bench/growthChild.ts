// What a call costs while few or many others go on, a ticket where few or many phones are known, and a group's events.
import { Board } from "../src/calls/board";
import { type CallEventContext, legEvent, recordEvent } from "../src/calls/callEvents";
import { happeningOf } from "../src/calls/happening";
import { createProReader } from "../src/calls/pro";
import { CallTracker } from "../src/calls/tracker";
import type { Moment } from "../src/moment";
import { MONITOR, MOST_EXTENSIONS, type Tenant } from "../src/protocol/address";
import { decodeFrame } from "../src/protocol/decode";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";

const EPOCH = 1_700_000_000;
/** Phones that the calls which are measured come to. */
const PHONES = 200;
const ROUNDS = 7;

const CONTEXT: CallEventContext = {
	tenant: "227" as Tenant,
	vocabulary: STANDARD_VOCABULARY,
	crm: { plan: { country: "ES", prefix: "", plus: "+" }, language: "es", timeZone: "", people: new Map() },
	isExtension: () => false,
	contactOf: () => null,
};

/** An account's calls and board, with a clock that each ticket turns by a millisecond. */
class Account {
	readonly #pro = createProReader(
		[{ state: "timbre", direction: "entrante", command: "%*ESTADO*%;%*CALLER_ID*%;%*ID*%" }],
		STANDARD_VOCABULARY,
	);
	readonly #board: Board;
	readonly #tracker: CallTracker;
	#now = 0;
	bytes = 0;

	constructor(hasTable: boolean, mostPhones = MOST_EXTENSIONS) {
		this.#board = new Board(undefined, () => mostPhones);
		this.#tracker = new CallTracker({
			...{ settle: 8_000, infersGroups: true, pro: hasTable ? this.#pro : null, mostPhones },
			...{ newCallId: () => "local", isWord: () => false },
		});
		this.#tracker.linkUp("monitor", MONITOR, this.#at);
	}

	get #at(): Moment {
		return { wall: EPOCH * 1000 + this.#now, steady: this.#now };
	}

	/** An extension's own connection is up: with a PRO table, what its tickets say waits for a line. */
	own(extension: number): void {
		this.#tracker.linkUp("extension", String(extension), this.#at);
	}

	hear(frame: string, milliseconds = 1): void {
		this.#now += milliseconds;
		for (const ticket of decodeFrame(frame)) {
			const happening = happeningOf(ticket, MONITOR, STANDARD_VOCABULARY, null);
			if (happening) this.#tell(this.#tracker.take(happening.extension, happening.input, this.#at));
			if (ticket.kind === "monitor-state")
				this.#board.note(ticket.extension, ticket.state, ticket.text, ticket.raw, this.#at);
		}
		const { dueAt } = this.#tracker;
		if (dueAt !== null && dueAt <= this.#now) this.#tell(this.#tracker.due(this.#at));
	}

	#tell(told: ReturnType<CallTracker["due"]>): void {
		for (const each of told) {
			if (each.kind === "word") continue;
			const event =
				each.kind === "leg" ? legEvent(each, CONTEXT, this.#at) : recordEvent(each.facts, CONTEXT, this.#at);
			this.bytes += JSON.stringify(event).length;
		}
	}
}

let calls = 0;

function ring(extension: number): string {
	const call = calls++;
	return `(info,270-Timbre-${extension}-0)(info,270-6${10_000_000 + call}-${extension}-${EPOCH}.${call})`;
}

function hangUp(extension: number, id: number): string {
	return `(info,270-Ocupada-${extension}-0)(info,270-terminada-${extension}-${EPOCH}.${id})(info,270-Libre-${extension}-0)`;
}

function microsOf(times: number, run: (i: number) => void): number {
	for (let i = 0; i < times; i++) run(i);
	const started = performance.now();
	for (let i = 0; i < times; i++) run(i);
	return ((performance.now() - started) * 1000) / times;
}

/** Microseconds a call, while so many others ring. */
function call(open: number, hasTable: boolean): number {
	const account = new Account(hasTable);
	for (let i = 0; i < open; i++) {
		if (hasTable) account.own(10_000 + i);
		account.hear(ring(10_000 + i), 0);
	}
	return microsOf(3_000, (i) => {
		const extension = 2_000 + (i % PHONES);
		const id = calls;
		account.hear(ring(extension), 0);
		account.hear(hangUp(extension, id), 0);
	});
}

/** Microseconds a ticket, where so many phones are spoken of in turn, each of which has changed its state, and so many followed. */
function ticket(extensions: number, followed?: number): number {
	const account = new Account(false, followed);
	const frames = ["Libre", "Ocupada"].flatMap((word) =>
		Array.from({ length: extensions }, (_, i) => `(info,270-${word}-${i + 1}-0)`),
	);
	for (const frame of frames) account.hear(frame);
	return microsOf(100_000, (i) => account.hear(frames[i % frames.length] ?? ""));
}

/** Bytes a phone of the events of a call that rings so many. */
function group(phones: number): number {
	const account = new Account(false);
	for (let i = 0; i < phones; i++) {
		account.hear(`(info,270-Timbre-${2_000 + i}-0)(info,270-600123456-${2_000 + i}-${EPOCH}.1)`);
	}
	for (let i = 0; i < phones; i++) {
		account.hear(`(info,270-Libre-${2_000 + i}-0)(info,270-terminada-${2_000 + i}-${EPOCH}.1)`);
	}
	account.hear("", 60_000);
	account.hear("(info,270-Libre-2000-0)", 60_000);
	return account.bytes / phones;
}

/** The medians of both, and of their ratio; taken in turn, as the machine has moods. */
function compared(few: () => number, many: () => number) {
	const rounds = Array.from({ length: ROUNDS }, () => {
		const pair = { few: few(), many: many() };
		return { ...pair, ratio: pair.many / pair.few };
	});
	const median = (of: "few" | "many" | "ratio") =>
		rounds.map((each) => each[of]).sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
	return { few: median("few"), many: median("many"), ratio: median("ratio") };
}

process.send?.({
	"µs a call, 100 or 4,000 open": compared(
		() => call(100, false),
		() => call(4_000, false),
	),
	"the same with a PRO table": compared(
		() => call(100, true),
		() => call(4_000, true),
	),
	"µs a ticket, 500 or 6,000 phones": compared(
		() => ticket(500),
		() => ticket(6_000),
	),
	"µs a ticket, 500 or 50,000 phones": compared(
		() => ticket(500),
		() => ticket(50_000),
	),
	"the same, all of them followed": compared(
		() => ticket(500, 50_000),
		() => ticket(50_000, 50_000),
	),
	"bytes a phone, group of 10 or 100": compared(
		() => group(10),
		() => group(100),
	),
});
process.on("disconnect", () => process.exit(0));
