import type { CommandFields } from "../messages";
import { isExtension, MONITOR } from "../protocol/address";
import { transactionStart } from "../protocol/monitor";
import { fold, type StateMeaning, type Vocabulary } from "../protocol/vocabulary";
import { type Call, type ProDetails, STEPS, type StepName, TICKET_GRACE } from "./call";
import { type Activation, templateFault } from "./template";

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
 * @param channel  the connection's extension, for lines that name none
 */
export function createProReader(
	rows: readonly Activation[],
	match: (line: string) => CommandFields | null,
	channel: string,
	words: Vocabulary,
): ProReader | null {
	const fit = rows.filter(({ command }) => templateFault(command) === null);
	if (fit.length === 0) return null;
	const expected = new Set(fit.map(({ state, direction }) => `${stepOf(state, words)} ${directionOf(direction)}`));
	const expects = (step: StepName, direction: Call["direction"]) =>
		direction === "unknown"
			? expected.has(`${step} inbound`) || expected.has(`${step} outbound`)
			: expected.has(`${step} ${direction}`);
	// The PBX sends its lines to an extension's own client: on the monitor none is waited for.
	const isWaitedFor = channel !== MONITOR;
	const fact = (line: string): ProFact | null => {
		const fields = match(line.trim());
		const step = fields && stepOf(fields.state, words);
		if (!fields || !step) return null;
		const direction = directionOf(fields.direction);
		const { extension, callerId: number, id, queue, duration } = fields;
		return {
			...{ step, direction, number, id, queue },
			extension: extension !== null && isExtension(extension) ? extension : channel,
			duration: duration !== null && /^\d{1,6}(\.\d+)?$/.test(duration.trim()) ? Number(duration) : null,
			tellsAnswers: direction !== "unknown" && expects("answered", direction),
		};
	};
	return { fact, expects: (step, direction) => isWaitedFor && expects(step, direction) };
}

/** What is known of a call with one more line. */
export function withFact(pro: ProDetails | null, fact: ProFact): ProDetails {
	const said = pro && STEPS.indexOf(pro.said) > STEPS.indexOf(fact.step) ? pro.said : fact.step;
	return {
		id: pro?.id ?? fact.id,
		queue: fact.queue ?? pro?.queue ?? null,
		duration: fact.duration ?? pro?.duration ?? null,
		said,
	};
}

const TRANSACTION = /^\d+\.\d+$/;

/** When a call began, where the PBX's id is a transaction that says so; else null. */
export function startOf({ id }: ProFact): number | null {
	return id !== null && TRANSACTION.test(id) ? transactionStart(id) : null;
}

/** Digits that decide whether two writings are one number: `+34974319404` and `974319404`. */
const TAIL = 9;

function isSameNumber(a: string | null, b: string | null): boolean {
	if (!a || !b || a === b) return true;
	const [x, y] = [a.replace(/\D/g, ""), b.replace(/\D/g, "")];
	// Words such as `anonymous` hold no digit and may stand for nobody in particular.
	if (x === "" || y === "") return x === y;
	return x.length >= TAIL && y.length >= TAIL ? x.slice(-TAIL) === y.slice(-TAIL) : x === y;
}

/** Whether two views of a call, with nothing but its parties to go by, can be one. */
export function isSameParty(a: Pick<Call, "number" | "direction">, b: Pick<Call, "number" | "direction">): boolean {
	const isSameWay = a.direction === b.direction || a.direction === "unknown" || b.direction === "unknown";
	return isSameWay && isSameNumber(a.number, b.number);
}

/** Whether a line names the very call. */
export function isNamed({ id }: ProFact, call: Call): boolean {
	return id !== null && (id === call.pro?.id || (call.idSource === "pbx" && id === call.id));
}

/** Whether a line that does not name a call can be about it. */
export function isAbout(fact: ProFact, call: Call, at: number): boolean {
	// On the monitor a call's own id is its transaction; a line's id may be of another kind.
	const isComparable = call.pro?.id != null || (call.idSource === "pbx" && TRANSACTION.test(fact.id ?? ""));
	const isAnother = fact.id !== null && isComparable;
	if (isAnother || !isSameParty(fact, call)) return false;
	const { heardAt, answeredAt } = call;
	// Of an old call the PBX does not say a second time that it rings, or that it was answered.
	if (fact.step === "ringing") return heardAt !== null && at - heardAt <= TICKET_GRACE;
	return fact.step === "ended" || answeredAt === null || at - answeredAt <= TICKET_GRACE;
}
