import { isExtension, MONITOR } from "../protocol/address";
import { transactionStart } from "../protocol/monitor";
import { fold, type StateMeaning, type Vocabulary } from "../protocol/vocabulary";
import { type Call, type ProDetails, STEPS, type StepName, TICKET_GRACE } from "./call";
import { type Activation, createTableMatcher, readableRows } from "./template";

/** What one PRO line says of a call (protocol 6). */
export interface ProFact {
	readonly step: StepName;
	readonly extension: string;
	readonly direction: Call["direction"];
	readonly number: string | null;
	readonly id: string | null;
	readonly queue: string | null;
	readonly duration: number | null;
	/** Whether a line would say so if a call of this direction were answered. */
	readonly tellsAnswers: boolean;
}

/** Reads PRO lines, and knows for which steps of a call's life a line is to be expected. */
export interface ProReader {
	/** Null for a line that fits no row of the table, or says no state. */
	fact(line: string): ProFact | null;
	expects(step: StepName, direction: Call["direction"]): boolean;
}

const STEP_OF: Readonly<Record<StateMeaning, StepName>> = {
	ringing: "ringing",
	busy: "answered",
	idle: "ended",
	ended: "ended",
};
const DIRECTIONS: Readonly<Record<string, "inbound" | "outbound">> = {
	...{ entrante: "inbound", entrada: "inbound", "de entrada": "inbound", inbound: "inbound", incoming: "inbound" },
	...{ saliente: "outbound", salida: "outbound", saida: "outbound", "de saida": "outbound" },
	...{ outbound: "outbound", outgoing: "outbound" },
};

function stepOf(word: string | null, words: Vocabulary): StepName | null {
	const meaning = word === null ? undefined : words.states.get(fold(word));
	return meaning === undefined ? null : STEP_OF[meaning];
}

function directionOf(word: string | null): Call["direction"] {
	return (word === null ? undefined : DIRECTIONS[fold(word)]) ?? "unknown";
}

/**
 * Reads the lines of one connection by the PRO event table; null for an empty table.
 *
 * @param channel  the connection's extension: the PBX sends its lines to an extension's own client
 */
export function createProReader(rows: readonly Activation[], channel: string, words: Vocabulary): ProReader | null {
	const match = createTableMatcher(rows);
	const readable = readableRows(rows);
	if (readable.length === 0) return null;
	const expected = new Set(readable.map(({ state, direction }) => `${stepOf(state, words)} ${directionOf(direction)}`));
	const expects = (step: StepName, direction: Call["direction"]) =>
		direction === "unknown"
			? expected.has(`${step} inbound`) || expected.has(`${step} outbound`)
			: expected.has(`${step} ${direction}`);
	const isMonitor = channel === MONITOR;
	const fact = (line: string): ProFact | null => {
		const found = match(line);
		if (!found) return null;
		const { fields } = found;
		const step = stepOf(fields.state, words) ?? stepOf(found.state, words);
		const named = fields.extension ?? "";
		// On the monitor, a line that names no extension is about nobody in particular.
		if (!step || (isMonitor && !isExtension(named))) return null;
		const told = directionOf(fields.direction);
		const direction = told === "unknown" ? directionOf(found.direction) : told;
		const { callerId: number, id, queue, duration } = fields;
		return {
			...{ step, direction, number, id, queue },
			extension: isMonitor ? named : channel,
			duration: duration !== null && /^\d{1,6}(\.\d+)?$/.test(duration) ? Number(duration) : null,
			tellsAnswers: direction !== "unknown" && expects("answered", direction),
		};
	};
	// None is waited for on the monitor.
	return { fact, expects: (step, direction) => !isMonitor && expects(step, direction) };
}

/** What is known of a call with one more line. */
export function withFact(pro: ProDetails | null, fact: ProFact): ProDetails {
	const said = pro && STEPS.indexOf(pro.said) > STEPS.indexOf(fact.step) ? pro.said : fact.step;
	// Only at the end does the PBX know how long it was.
	const duration = fact.step === "ended" ? fact.duration : null;
	return {
		id: pro?.id ?? fact.id,
		queue: fact.queue ?? pro?.queue ?? null,
		duration: duration ?? pro?.duration ?? null,
		said,
	};
}

const TRANSACTION = /^\d+\.\d+$/;

/** When a call began, where the PBX's id is a transaction that says so; else null. */
export function startOf({ id }: ProFact): number | null {
	return id !== null && TRANSACTION.test(id) ? transactionStart(id) : null;
}

/** Fewer digits than this are compared wholly: `61234567` can be `+50761234567`, but 12 is not 112. */
const TAIL = 7;

/** How well two writings of a number agree: not at all, as far as one is known, or truly. */
type Likeness = 0 | 1 | 2;

function numberLikeness(a: string | null, b: string | null): Likeness {
	const [x, y] = [(a ?? "").replace(/\D/g, ""), (b ?? "").replace(/\D/g, "")];
	// Blank, a word such as `anonymous`, or left out: all mean that nobody is named.
	if (x === "" && y === "") return 2;
	if (a === null || b === null) return 1;
	const tail = Math.min(x.length, y.length);
	const isSame = tail >= TAIL ? x.slice(-tail) === y.slice(-tail) : x === y;
	return isSame ? 2 : 0;
}

/** How well two views of a call agree, with nothing but its parties to go by. */
export function likeness(a: Pick<Call, "number" | "direction">, b: Pick<Call, "number" | "direction">): Likeness {
	const isSameWay = a.direction === b.direction || a.direction === "unknown" || b.direction === "unknown";
	return isSameWay ? numberLikeness(a.number, b.number) : 0;
}

/** Whether an id is one of a call: what tickets or lines name it by. */
export function hasId({ transaction, pro }: Call, id: string): boolean {
	return id === transaction || id === pro?.id;
}

/** Whether the ids of two views show that they are different calls. A line's id need not be of the monitor's kind. */
export function areOthers(call: Call, id: string | null): boolean {
	if (id === null) return false;
	if (call.pro?.id != null) return call.pro.id !== id;
	return call.transaction !== null && TRANSACTION.test(id) && call.transaction !== id;
}

/** How well a line that names no call by its id agrees with one. */
export function lineLikeness(fact: ProFact, call: Call, at: number): Likeness {
	if (areOthers(call, fact.id)) return 0;
	const { heardAt, answeredAt } = call;
	// Of an old call the PBX does not say a second time that it rings, or that it was answered.
	const isTooLate =
		(fact.step === "ringing" && (heardAt === null || at - heardAt > TICKET_GRACE)) ||
		(fact.step === "answered" && answeredAt !== null && at - answeredAt > TICKET_GRACE);
	return isTooLate ? 0 : likeness(fact, call);
}
