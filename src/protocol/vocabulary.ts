/** The state of a phone, as far as the PBX's word for it is known; the word itself is kept beside it. */
export type PhoneState = "idle" | "ringing" | "busy" | "unknown";

/** What a state word says about a phone; `ended` is a call that was hung up (protocol 3 and 5). */
export type StateMeaning = "idle" | "ringing" | "busy" | "ended";

/** What a progress word says about a call that was asked for from here (protocol 3). */
export type ProgressMeaning = "calling" | "busy" | "unavailable" | "timeout";

/** The words an installation uses, folded, with what they mean. Comparison is exact, never by substring. */
export interface Vocabulary {
	readonly states: ReadonlyMap<string, StateMeaning>;
	readonly progress: ReadonlyMap<string, ProgressMeaning>;
	/** What stands in the place of a number when the caller withholds it. */
	readonly withheld: ReadonlySet<string>;
	/** What says nothing, and is not to be asked about. */
	readonly ignored: ReadonlySet<string>;
	/** All that was added to the standard vocabulary. */
	readonly taught: ReadonlySet<string>;
}

/** Words to add to the standard vocabulary, in any spelling: they are folded here. */
export interface ExtraWords {
	readonly states?: Readonly<Record<string, StateMeaning>>;
	readonly progress?: Readonly<Record<string, ProgressMeaning>>;
	readonly withheld?: readonly string[];
	readonly ignored?: readonly string[];
}

/** What a word can be taught to mean: the state of a phone, the progress of a call asked for from here, and the rest. */
export const WORD_MEANINGS = [
	...(["idle", "ringing", "busy", "ended"] as const),
	...(["dial-calling", "dial-busy", "dial-timeout", "dial-unavailable"] as const),
	...(["withheld", "ignore"] as const),
] as const;

/** One of them. */
export type WordMeaning = (typeof WORD_MEANINGS)[number];

/** A word of this PBX, with what it means. */
export interface TaughtWord {
	readonly word: string;
	readonly meaning: WordMeaning;
}

/** Where a word stood that is not in the vocabulary. */
export type WordPlace = "state" | "progress" | "caller";

// Spanish, Portuguese and English, both genders, and what the machine-translated vendor document made of them.
const STATE_WORDS: Readonly<Record<StateMeaning, readonly string[]>> = {
	idle: [
		...["libre", "livre", "disponible", "disponivel", "colgado", "colgada", "desligado", "desligada"],
		...["idle", "free", "available", "on hook", "no gancho", "inactivo", "inactiva", "inativo", "inativa"],
	],
	ringing: [
		...["timbre", "timbrando", "sonando", "llamando", "toque", "do toque", "a tocar", "tocando"],
		...["ringing", "ring", "alerting"],
	],
	busy: [
		...["ocupado", "ocupada", "descolgado", "descolgada", "fora do descanso", "fora do gancho"],
		...["atendido", "atendida", "en uso", "em uso", "busy", "off hook", "in use"],
	],
	ended: [
		...["terminado", "terminada", "finalizado", "finalizada", "acabado", "acabada"],
		...["terminated", "ended", "finished", "hung up"],
	],
};

const PROGRESS_WORDS: Readonly<Record<ProgressMeaning, readonly string[]>> = {
	calling: ["chamada", "chamando", "a chamar", "llamada", "llamando", "marcando", "a marcar", "calling", "call"],
	busy: ["ocupado", "ocupada", "busy"],
	unavailable: [
		...["indisponivel", "indisponible", "no disponible", "nao disponivel"],
		...["unavailable", "not available"],
	],
	timeout: [
		...["tempo limite de falha", "falha por tempo limite", "tempo limite", "tempo esgotado"],
		...["fallo por tiempo limite", "fallo de tiempo limite", "fallo tiempo limite", "tiempo limite"],
		...["tiempo agotado", "tiempo de espera agotado", "fallo timeout", "timeout", "timeout failure"],
	],
};

const WITHHELD_WORDS: readonly string[] = [
	...["anonymous", "anonymous caller", "anonimo", "anonima", "llamada anonima", "chamada anonima"],
	...["oculto", "oculta", "numero oculto", "llamada oculta", "chamada oculta", "identidad oculta", "id oculto"],
	...["privado", "privada", "numero privado", "llamada privada", "chamada privada", "confidencial"],
	...["desconocido", "desconocida", "numero desconocido", "llamada desconocida", "numero no disponible"],
	...["desconhecido", "desconhecida", "numero desconhecido", "chamada desconhecida", "numero nao disponivel"],
	...["restringido", "restringida", "numero restringido", "restrito", "restrita", "numero restrito"],
	...["no disponible", "indisponible", "nao disponivel", "indisponivel", "no identificado", "nao identificado"],
	...["sin identificar", "sin identificacion", "sem identificacao", "sin numero", "sem numero", "sin id", "sem id"],
	...["unknown", "unknown caller", "unknown number", "private", "private number", "private caller"],
	...["restricted", "restricted number", "withheld", "number withheld", "blocked", "unavailable", "not available"],
	...["no number", "no caller id", "out of area", "null", "none", "undefined", "n/a", "s/n", "-", "?"],
];

const MARKS = /\p{M}+/gu;
/** A PBX says the same few words again and again. */
const folds = new Map<string, string>();
const MOST_FOLDS = 1_000;
/** Node.js keeps a longer piece of a text as a view of it: remembered, one would hold on to its whole frame. */
const LONGEST_REMEMBERED = 12;
/** No word is longer; what is, needs no folding to be none. */
const LONGEST_WORD = 64;

/** Where a text ends without the blanks and dots behind it. A regular expression would take quadratic time. */
function endOfWord(text: string): number {
	let end = text.length;
	while (end > 0 && /[\s.…]/.test(text.charAt(end - 1))) end--;
	return end;
}

/**
 * The form in which words are compared: NFD without marks, lower case, trimmed, trailing dots dropped (protocol 3).
 * `"Indisponível"` becomes `"indisponivel"`, `"Chamada..."` becomes `"chamada"`.
 */
export function fold(word: string): string {
	if (word.length > LONGEST_WORD) return word;
	const known = folds.get(word);
	if (known !== undefined) return known;
	const folded = foldAnew(word);
	if (word.length > LONGEST_REMEMBERED) return folded;
	if (folds.size >= MOST_FOLDS) folds.clear();
	folds.set(word, folded);
	return folded;
}

function foldAnew(word: string): string {
	const plain = word.normalize("NFD").replace(MARKS, "").toLowerCase();
	return plain.slice(0, endOfWord(plain)).trimStart();
}

function invert<M extends string>(words: Readonly<Record<M, readonly string[]>>): Map<string, M> {
	const meanings = Object.keys(words) as M[];
	return new Map(meanings.flatMap((meaning) => words[meaning].map((word): [string, M] => [word, meaning])));
}

function folded<M>(words: Readonly<Record<string, M>> = {}): [string, M][] {
	return Object.entries(words).map(([word, meaning]) => [fold(word), meaning]);
}

/** The standard vocabulary with an installation's own words on top; an added word wins over a standard one. */
export function createVocabulary(extra: ExtraWords = {}): Vocabulary {
	return {
		states: new Map([...invert(STATE_WORDS), ...folded(extra.states)]),
		progress: new Map([...invert(PROGRESS_WORDS), ...folded(extra.progress)]),
		withheld: new Set([...WITHHELD_WORDS, ...(extra.withheld ?? []).map(fold)]),
		ignored: new Set((extra.ignored ?? []).map(fold)),
		taught: new Set(
			[...words(extra.states), ...words(extra.progress), ...(extra.withheld ?? []), ...(extra.ignored ?? [])].map(fold),
		),
	};
}

function words(of: Readonly<Record<string, unknown>> = {}): string[] {
	return Object.keys(of);
}

/** The standard vocabulary, and the words that an installation was taught. */
export function taughtVocabulary(rows: readonly TaughtWord[]): Vocabulary {
	if (rows.length === 0) return STANDARD_VOCABULARY;
	const meaning = <M extends string>(of: Partial<Record<WordMeaning, M>>) =>
		Object.fromEntries(
			rows.flatMap((row): [string, M][] => {
				const found = of[row.meaning];
				return found === undefined ? [] : [[row.word, found]];
			}),
		);
	const all = (wanted: WordMeaning) => rows.filter((row) => row.meaning === wanted).map(({ word }) => word);
	return createVocabulary({
		states: meaning<StateMeaning>({ idle: "idle", ringing: "ringing", busy: "busy", ended: "ended" }),
		progress: meaning<ProgressMeaning>({
			...{ "dial-calling": "calling", "dial-busy": "busy" },
			...{ "dial-timeout": "timeout", "dial-unavailable": "unavailable" },
		}),
		withheld: all("withheld"),
		ignored: all("ignore"),
	});
}

/** Whether a word says something where it stands, or was said to say nothing. */
export function isKnownWord(word: string, place: WordPlace, vocabulary: Vocabulary): boolean {
	const plain = fold(word);
	const { states, progress, withheld, ignored } = vocabulary;
	if (ignored.has(plain)) return true;
	// What stands where a caller is named may be a state as well (protocol 5).
	return { state: states, progress, caller: { has: (text: string) => withheld.has(text) || states.has(text) } }[
		place
	].has(plain);
}

/** Whether a word is one for a state, or for the end of a call; others say nothing. */
export function isStateWord(word: string, { states }: Vocabulary): boolean {
	return states.has(fold(word));
}

/** Spanish, Portuguese and English. */
export const STANDARD_VOCABULARY: Vocabulary = createVocabulary();

/** The phone's state for a state word: a hung-up call says nothing about the phone, which may hold another. */
export function phoneState(meaning: StateMeaning | undefined): PhoneState {
	return meaning === undefined || meaning === "ended" ? "unknown" : meaning;
}
