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
}

/** Words to add to the standard vocabulary, in any spelling: they are folded here. */
export interface ExtraWords {
	readonly states?: Readonly<Record<string, StateMeaning>>;
	readonly progress?: Readonly<Record<string, ProgressMeaning>>;
	readonly withheld?: readonly string[];
}

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
	};
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
