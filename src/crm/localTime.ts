/** A quarter of an hour: no clock is put forward or back within one. */
const BLOCK_MS = 900_000;
const MOST_BLOCKS = 200;

const offsets = new Map<string, number>();

/** Whether a text names a time zone (IANA), such as `Europe/Madrid`. */
export function isTimeZone(text: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: text });
		return true;
	} catch {
		return false;
	}
}

/** Milliseconds that a time zone is ahead of UTC at a moment; an empty one is the machine's own. */
function offsetOf(wall: number, timeZone: string): number {
	const block = Math.floor(wall / BLOCK_MS);
	const key = `${timeZone} ${block}`;
	const known = offsets.get(key);
	if (known !== undefined) return known;
	const options = { hourCycle: "h23", ...(timeZone !== "" && { timeZone }) } as const;
	const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
	const parts = new Intl.DateTimeFormat("en-US", { ...options, ...fields }).formatToParts(block * BLOCK_MS);
	const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
	const local = Date.UTC(value("year"), value("month") - 1, value("day"), value("hour"), value("minute"));
	const offset = local - block * BLOCK_MS;
	if (offsets.size >= MOST_BLOCKS) offsets.clear();
	offsets.set(key, offset);
	return offset;
}

/** `2026-01-15 10:00:00`, UTC. */
export function utcText(wall: number): string {
	return new Date(wall).toISOString().slice(0, 19).replace("T", " ");
}

/** The same in a time zone; an empty one is the machine's own. */
export function localText(wall: number, timeZone: string): string {
	return utcText(wall + offsetOf(wall, timeZone));
}

/**
 * The moment of `2026-01-15 10:00:00` in a time zone, in milliseconds since 1970; of an hour that is skipped, the next one. `NaN`
 * for a day that there is not.
 */
export function wallOf(local: string, timeZone: string): number {
	const date = local.slice(0, 10);
	const day = Date.parse(`${date}T00:00:00Z`);
	const asUtc = Date.parse(`${local.replace(" ", "T")}Z`);
	// The 30th of February is read as the 2nd of March.
	if (Number.isNaN(asUtc + day) || utcText(day).slice(0, 10) !== date) return Number.NaN;
	const guess = asUtc - offsetOf(asUtc, timeZone);
	return asUtc - offsetOf(guess, timeZone);
}
