import type { CallOutcome, Direction, LegOutcome } from "../messages";

/** What a call is described by, in words that are ready to be read. */
export interface Described {
	readonly direction: Direction;
	/** Null while it goes on. */
	readonly outcome: LegOutcome | CallOutcome | null;
	/** The other party, as people read it. */
	readonly who: string;
	/** The date and the time of day; empty where they are not known. */
	readonly date: string;
	readonly time: string;
	readonly queue: string;
	/** The people or extensions that answered. */
	readonly answeredBy: readonly string[];
	/** The people or extensions that rang. */
	readonly rang: readonly string[];
	/** Whole seconds; null where they are not known. */
	readonly waited: number | null;
	readonly talked: number | null;
}

/** The words of one language. */
export interface CrmTexts {
	readonly withheld: string;
	/** The other party, of whom nothing was said. */
	readonly nobody: string;
	subject(call: Described): string;
	summary(call: Described): string;
}

/** `45 s`, `2 min 30 s`, `1 h 5 min`. */
function duration(seconds: number): string {
	const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
	if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
	return `${rest} s`;
}

function list(items: readonly string[], and: string): string {
	return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${and} ${items.at(-1)}`;
}

/** Names beyond these are counted only: a group can have a hundred phones. */
const MOST_NAMES = 8;

function some(items: readonly string[], and: string): string {
	const left = items.length - MOST_NAMES;
	return left > 1 ? `${list([...items.slice(0, MOST_NAMES), `+${left}`], and)}` : list(items, and);
}

/** Sentences; those that say nothing are left out. */
function sentences(...parts: readonly (string | false)[]): string {
	return parts.filter(Boolean).join(" ");
}

/** `2026-01-15` as it is written in Spain and Portugal. */
function dayFirst(date: string): string {
	return date.split("-").reverse().join("/");
}

type Wording = Pick<CrmTexts, "withheld" | "nobody"> & {
	readonly and: string;
	readonly calls: Readonly<Record<Direction, (who: string) => string>>;
	readonly missed: (who: string) => string;
	/** What became of it, behind the subject. */
	readonly notes: Readonly<Partial<Record<LegOutcome | CallOutcome, string>>>;
	readonly when: (date: string, time: string) => string;
	readonly queue: (queue: string) => string;
	readonly answered: (by: string) => string;
	readonly answeredAfter: (by: string, waited: string) => string;
	readonly rang: (at: string) => string;
	readonly talked: (duration: string) => string;
	readonly waited: (duration: string) => string;
	readonly outcomes: Readonly<Record<LegOutcome | CallOutcome, string>>;
};

function textsOf(words: Wording): CrmTexts {
	const subject = ({ direction, outcome, who }: Described): string => {
		if (outcome === "missed") return words.missed(who);
		const note = outcome === null ? undefined : words.notes[outcome];
		const call = words.calls[direction](who);
		return note === undefined ? call : `${call} (${note})`;
	};
	return {
		withheld: words.withheld,
		nobody: words.nobody,
		subject,
		summary(call) {
			const { direction, outcome, who, date, time, queue, answeredBy, rang, waited, talked } = call;
			const head = outcome === "missed" ? words.missed(who) : words.calls[direction](who);
			const when = date === "" ? "" : ` ${words.when(date, time)}`;
			const by = some(answeredBy, words.and);
			const isAnswered = by !== "";
			return sentences(
				`${head}${when}${queue === "" ? "" : ` ${words.queue(queue)}`}.`,
				isAnswered && (waited === null ? words.answered(by) : words.answeredAfter(by, duration(waited))),
				isAnswered && talked !== null && words.talked(duration(talked)),
				!isAnswered && outcome !== null && words.outcomes[outcome],
				!isAnswered &&
					outcome !== null &&
					direction !== "outbound" &&
					rang.length > 0 &&
					words.rang(some(rang, words.and)),
				!isAnswered && outcome === "missed" && waited !== null && words.waited(duration(waited)),
			);
		},
	};
}

/** The texts, by language. */
export const CRM_TEXTS = {
	es: textsOf({
		withheld: "número oculto",
		nobody: "número desconocido",
		and: "y",
		calls: {
			inbound: (who) => `Llamada de ${who}`,
			outbound: (who) => `Llamada a ${who}`,
			internal: (who) => `Llamada interna de ${who}`,
			unknown: (who) => `Llamada, ${who}`,
		},
		missed: (who) => `Llamada perdida de ${who}`,
		notes: {
			"no-answer": "sin respuesta",
			"answered-elsewhere": "atendida en otra extensión",
			busy: "comunica",
			failed: "fallida",
			unknown: "resultado desconocido",
		},
		when: (date, time) => `el ${dayFirst(date)} a las ${time}`,
		queue: (queue) => `por la cola ${queue}`,
		answered: (by) => `Atendida por ${by}.`,
		answeredAfter: (by, waited) => `Atendida por ${by} a los ${waited}.`,
		rang: (at) => `Sonó en ${at}.`,
		talked: (time) => `Duración: ${time}.`,
		waited: (time) => `Esperó ${time}.`,
		outcomes: {
			answered: "Atendida.",
			"answered-elsewhere": "Atendida en otra extensión.",
			missed: "Nadie la atendió.",
			"no-answer": "Sin respuesta.",
			busy: "Comunicaba.",
			failed: "No se pudo establecer.",
			unknown: "No se sabe si se atendió.",
		},
	}),
	pt: textsOf({
		withheld: "número oculto",
		nobody: "número desconhecido",
		and: "e",
		calls: {
			inbound: (who) => `Chamada de ${who}`,
			outbound: (who) => `Chamada para ${who}`,
			internal: (who) => `Chamada interna de ${who}`,
			unknown: (who) => `Chamada, ${who}`,
		},
		missed: (who) => `Chamada perdida de ${who}`,
		notes: {
			"no-answer": "sem resposta",
			"answered-elsewhere": "atendida noutra extensão",
			busy: "ocupado",
			failed: "falhada",
			unknown: "resultado desconhecido",
		},
		when: (date, time) => `em ${dayFirst(date)} às ${time}`,
		queue: (queue) => `pela fila ${queue}`,
		answered: (by) => `Atendida por ${by}.`,
		answeredAfter: (by, waited) => `Atendida por ${by} ao fim de ${waited}.`,
		rang: (at) => `Tocou em ${at}.`,
		talked: (time) => `Duração: ${time}.`,
		waited: (time) => `Esperou ${time}.`,
		outcomes: {
			answered: "Atendida.",
			"answered-elsewhere": "Atendida noutra extensão.",
			missed: "Ninguém atendeu.",
			"no-answer": "Sem resposta.",
			busy: "Estava ocupado.",
			failed: "Não foi possível estabelecer.",
			unknown: "Não se sabe se foi atendida.",
		},
	}),
	en: textsOf({
		withheld: "withheld number",
		nobody: "unknown number",
		and: "and",
		calls: {
			inbound: (who) => `Call from ${who}`,
			outbound: (who) => `Call to ${who}`,
			internal: (who) => `Internal call from ${who}`,
			unknown: (who) => `Call, ${who}`,
		},
		missed: (who) => `Missed call from ${who}`,
		notes: {
			"no-answer": "no answer",
			"answered-elsewhere": "answered elsewhere",
			busy: "busy",
			failed: "failed",
			unknown: "outcome unknown",
		},
		when: (date, time) => `on ${date} at ${time}`,
		queue: (queue) => `by queue ${queue}`,
		answered: (by) => `Answered by ${by}.`,
		answeredAfter: (by, waited) => `Answered by ${by} after ${waited}.`,
		rang: (at) => `It rang at ${at}.`,
		talked: (time) => `Duration: ${time}.`,
		waited: (time) => `The caller waited ${time}.`,
		outcomes: {
			answered: "Answered.",
			"answered-elsewhere": "Answered elsewhere.",
			missed: "Nobody answered.",
			"no-answer": "No answer.",
			busy: "The line was busy.",
			failed: "It could not be established.",
			unknown: "Whether it was answered is not known.",
		},
	}),
} as const satisfies Readonly<Record<string, CrmTexts>>;

/** A language that texts in messages are written in. */
export type Language = keyof typeof CRM_TEXTS;
export const LANGUAGES = Object.keys(CRM_TEXTS) as Language[];
