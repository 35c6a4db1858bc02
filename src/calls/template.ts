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
	/** Null where lines that differ in nothing else have different placeholders here. */
	readonly field: Field | null;
	/** In a URL's query values are URL-encoded. */
	readonly encoded: boolean;
	/** The literal text behind the placeholder. */
	readonly after: string;
}

/** A command line, cut at its placeholders. */
interface Line {
	readonly head: string;
	readonly slots: readonly Slot[];
}

/** What rows with lines of the same literal text have in common, ready to be matched. */
interface Template extends Line {
	readonly rows: readonly Activation[];
	/** The rows' state and direction; null where they differ in it. */
	readonly state: string | null;
	readonly direction: string | null;
	/** Literal characters: the more of them fit, the more specific is the template. */
	readonly weight: number;
}

function cut(command: string): Line {
	const found = [...command.matchAll(PLACEHOLDER)];
	const query = /^https?:/i.test(command) ? command.indexOf("?") : -1;
	const slots = found.map((match, i): Slot => {
		const field = FIELDS[(match[1] ?? "").toUpperCase()] ?? "id";
		const end = match.index + match[0].length;
		return { field, encoded: query !== -1 && match.index > query, after: command.slice(end, found[i + 1]?.index) };
	});
	return { head: command.slice(0, found[0]?.index), slots };
}

function join(rows: readonly Activation[]): Template {
	const lines = rows.map(({ command }) => cut(command.trim()));
	const { head, slots } = lines[0] ?? cut("");
	const agreed = slots.map((slot, i) => ({
		...slot,
		field: common(lines.map((line) => line.slots[i]?.field ?? null)),
	}));
	const weight = slots.reduce((sum, slot) => sum + slot.after.length, head.length);
	const [state, direction] = [common(rows.map((row) => row.state)), common(rows.map((row) => row.direction))];
	return { rows, state, direction, head, slots: agreed, weight };
}

/** The table, most specific line first. Rows whose lines no text could tell apart make one template. */
function compile(rows: readonly Activation[]): Template[] {
	const alike = new Map<string, Activation[]>();
	for (const row of rows) {
		if (templateFault(row.command) !== null) continue;
		const { head, slots } = cut(row.command.trim());
		const key = JSON.stringify([head, ...slots.map(({ after }) => after)]);
		alike.set(key, [...(alike.get(key) ?? []), row]);
	}
	return [...alike.values()].map(join).sort((a, b) => b.weight - a.weight);
}

/** The rows whose lines say their call state: by a placeholder, or by being the only ones of their kind. */
export function readableRows(rows: readonly Activation[]): Activation[] {
	return compile(rows)
		.filter(({ state, slots }) => state !== null || slots.some(({ field }) => field === "state"))
		.flatMap((template) => template.rows);
}

function common<Value>(values: readonly (Value | null)[]): Value | null {
	const [first = null, ...others] = new Set(values);
	return others.length === 0 ? first : null;
}

/** What makes a line unfit as a template, or null. Without a text between two placeholders nobody can tell where one ends. */
export function templateFault(command: string): TemplateFault | null {
	const { slots } = cut(command.trim());
	if (slots.length === 0) return "no-placeholder";
	return slots.slice(0, -1).some((slot) => slot.after === "") ? "adjacent-placeholders" : null;
}

function slotValue(sent: string, encoded: boolean): string | null {
	const text = sent.trim();
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
	const { head, slots } = cut(command);
	const filled = slots.map(({ field, encoded, after }) => {
		// Half a character cannot be encoded.
		const value = ((field && values[field]) ?? "").replace(/\p{Cs}/gu, "\ufffd");
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
		if (value !== null && slot.field !== null) fields[slot.field] = value;
		at = end + slot.after.length;
	}
	return fields;
}

/** What a line says, by the table. */
export interface TableMatch {
	/** The rows whose line it is: several, where the same line was entered for several states. */
	readonly rows: readonly Activation[];
	readonly fields: CommandFields;
	/** What the rows say of the call, where the line itself does not; null where they differ. */
	readonly state: string | null;
	readonly direction: string | null;
}

/** Makes a matcher of the table: what the most specific row that fits a line makes of it, or null. */
export function createTableMatcher(rows: readonly Activation[]): (line: string) => TableMatch | null {
	const templates = compile(rows);
	return (line) => {
		for (const template of templates) {
			// The line's own blanks may stand for an empty value at its end.
			const fields = match(template, line) ?? match(template, line.trim());
			const { rows: meant, state, direction } = template;
			if (fields) return { rows: meant, fields, state, direction };
		}
		return null;
	};
}

/** As {@link createTableMatcher}, for the fields alone. */
export function createMatcher(rows: readonly Activation[]): (line: string) => CommandFields | null {
	const match = createTableMatcher(rows);
	return (line) => match(line)?.fields ?? null;
}
