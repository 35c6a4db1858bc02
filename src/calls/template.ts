import type { CommandFields } from "../messages";
import { decoded } from "./query";

/** A row of the PRO event table: what an administrator entered as an *API activation* in the PBX (protocol 6). */
export interface Activation {
	/** Call state, in the PBX's word. */
	readonly state: "colgado" | "descolgado" | "timbre";
	/** Direction, in the PBX's word. */
	readonly direction: "entrante" | "saliente";
	/** The line, with placeholders. */
	readonly command: string;
}

/** The states and directions that the PBX makes activations of, in its own words. */
export const CALL_STATES: readonly Activation["state"][] = ["timbre", "descolgado", "colgado"];
export const DIRECTIONS: readonly Activation["direction"][] = ["entrante", "saliente"];

/**
 * The line to enter in the PBX at every state and direction, for people who start fresh: all seven placeholders, with text
 * between them that no value holds.
 */
export const RECOMMENDED_LINE =
	"pbx2crm;estado=%*ESTADO*%;sentido=%*SENTIDO*%;numero=%*CALLER_ID*%;cola=%*QUEUE_NAME*%;id=%*ID*%;duracion=%*DURACION*%;extension=%*EXTENSION*%;";

/** The table that goes with {@link RECOMMENDED_LINE}. */
export function recommendedTable(): Activation[] {
	return CALL_STATES.flatMap((state) =>
		DIRECTIONS.map((direction) => ({ state, direction, command: RECOMMENDED_LINE })),
	);
}

/** Why a line cannot serve as a template. */
export type TemplateFault = "no-placeholder" | "adjacent-placeholders";

type Field = keyof CommandFields;

// Both languages' names (protocol 6).
const FIELDS: Readonly<Record<string, Field>> = {
	ESTADO: "state",
	STATUS: "state",
	SENTIDO: "direction",
	WISE: "direction",
	CALLER_ID: "callerId",
	QUEUE_NAME: "queue",
	ID: "id",
	DURACION: "duration",
	DURATION: "duration",
	EXTENSION: "extension",
};
const PLACEHOLDER = new RegExp(`[%/]\\*(${Object.keys(FIELDS).join("|")})\\*[%/]`, "gi");

interface Slot {
	readonly field: Field;
	/** In a URL's query values are URL-encoded. */
	readonly encoded: boolean;
	/** The literal text behind the placeholder. */
	readonly after: string;
}

/** A row of the table, ready to be matched. */
interface Template {
	/** The row's state and direction; null where rows with the very same line differ in it. */
	readonly state: string | null;
	readonly direction: string | null;
	readonly head: string;
	readonly slots: readonly Slot[];
	/** Literal characters: the more of them fit, the more specific is the template. */
	readonly weight: number;
}

function compile(command: string, rows: readonly Activation[]): Template {
	const found = [...command.matchAll(PLACEHOLDER)];
	const query = /^https?:/i.test(command) ? command.indexOf("?") : -1;
	const slots = found.map((match, i): Slot => {
		const field = FIELDS[(match[1] ?? "").toUpperCase()] ?? "id";
		const end = match.index + match[0].length;
		return {
			field,
			encoded: query !== -1 && match.index > query,
			after: command.slice(end, found[i + 1]?.index),
		};
	});
	const head = command.slice(0, found[0]?.index);
	const weight = slots.reduce((sum, slot) => sum + slot.after.length, head.length);
	const state = common(rows.map((row) => row.state));
	return { state, direction: common(rows.map((row) => row.direction)), head, slots, weight };
}

function common(words: readonly string[]): string | null {
	const [first = null, ...others] = new Set(words);
	return others.length === 0 ? first : null;
}

/** What makes a line unfit as a template, or null. Without a text between two placeholders nobody can tell where one ends. */
export function templateFault(command: string): TemplateFault | null {
	const { slots } = compile(command.trim(), []);
	if (slots.length === 0) return "no-placeholder";
	return slots.slice(0, -1).some((slot) => slot.after === "") ? "adjacent-placeholders" : null;
}

function slotValue(text: string, encoded: boolean): string | null {
	// A placeholder that the PBX left unresolved stands there still.
	if (text === "" || text.replace(PLACEHOLDER, "") === "") return null;
	return encoded ? decoded(text) : text;
}

const NO_FIELDS: CommandFields = {
	state: null,
	direction: null,
	callerId: null,
	queue: null,
	id: null,
	duration: null,
	extension: null,
};

/** A command line as the PBX sends it: the placeholders filled in, URL-encoded where they stand in a query. */
export function fillCommand(command: string, values: CommandFields): string {
	const { head, slots } = compile(command, []);
	const filled = slots.map(({ field, encoded, after }) => {
		const value = values[field] ?? "";
		return (encoded ? encodeURIComponent(value) : value) + after;
	});
	return head + filled.join("");
}

/** Linear in the length of the line: each literal is looked for once, from where the one before it ended. */
function match(template: Template, line: string): CommandFields | null {
	if (!line.startsWith(template.head)) return null;
	const fields: { -readonly [F in Field]: string | null } = { ...NO_FIELDS };
	fields.state = template.state;
	fields.direction = template.direction;
	let at = template.head.length;
	for (const [i, slot] of template.slots.entries()) {
		const isLast = i === template.slots.length - 1;
		const end = isLast ? line.length - slot.after.length : line.indexOf(slot.after, at);
		if (end < at || !line.startsWith(slot.after, end)) return null;
		const value = slotValue(line.slice(at, end), slot.encoded);
		if (value !== null) fields[slot.field] = value;
		at = end + slot.after.length;
	}
	return fields;
}

/** Makes a matcher of the table: the fields of the most specific row that fits a line, or null. */
export function createMatcher(rows: readonly Activation[]): (line: string) => CommandFields | null {
	const ofLine = new Map<string, Activation[]>();
	for (const row of rows) {
		const command = row.command.trim();
		if (templateFault(command) === null) ofLine.set(command, [...(ofLine.get(command) ?? []), row]);
	}
	const templates = [...ofLine].map(([command, same]) => compile(command, same)).sort((a, b) => b.weight - a.weight);
	return (line) => {
		for (const template of templates) {
			const fields = match(template, line);
			if (fields) return fields;
		}
		return null;
	};
}
