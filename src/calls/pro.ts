import { isExtension, MONITOR } from "../protocol/address";
import { transactionStart } from "../protocol/monitor";
import { fold, type StateMeaning, type Vocabulary } from "../protocol/vocabulary";
import { type Leg, type ProDetails, STEPS, type StepName } from "./leg";
import { type Activation, createTableMatcher, readableRows } from "./template";

/** What one PRO line says of a call (protocol 6). */
export interface ProFact {
	readonly step: StepName;
	readonly extension: string;
	readonly direction: Leg["direction"];
	readonly number: string | null;
	readonly id: string | null;
	readonly queue: string | null;
	readonly duration: number | null;
	/** Whether a line would say so if a call of this direction were answered. */
	readonly tellsAnswers: boolean;
}

/** Reads PRO lines, and knows for which steps of a call's life a line is to be expected. */
export interface ProReader {
	/**
	 * Null for a line that fits no row of the table, or says no state.
	 *
	 * @param channel  the extension of the connection it came on: the PBX sends its lines to an extension's own client
	 */
	fact(line: string, channel: string): ProFact | null;
	/** Whether a line is to be expected on an extension's own connection. */
	expects(step: StepName, direction: Leg["direction"]): boolean;
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

function directionOf(word: string | null): Leg["direction"] {
	return (word === null ? undefined : DIRECTIONS[fold(word)]) ?? "unknown";
}

/** Reads lines by the PRO event table; null for an empty table. */
export function createProReader(rows: readonly Activation[], words: Vocabulary): ProReader | null {
	const match = createTableMatcher(rows);
	const readable = readableRows(rows);
	if (readable.length === 0) return null;
	const expected = new Set(readable.map(({ state, direction }) => `${stepOf(state, words)} ${directionOf(direction)}`));
	const expects = (step: StepName, direction: Leg["direction"]) =>
		direction === "unknown"
			? expected.has(`${step} inbound`) || expected.has(`${step} outbound`)
			: expected.has(`${step} ${direction}`);
	const fact = (line: string, channel: string): ProFact | null => {
		const isMonitor = channel === MONITOR;
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
	return { fact, expects };
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
