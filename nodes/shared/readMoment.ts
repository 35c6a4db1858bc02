import { localText, wallOf } from "../../src/crm/localTime";
import { PbxError, shown } from "../../src/errors";

const DAY_MS = 86_400_000;
/** Numbers beyond are moments in milliseconds, those below are days. */
const LEAST_MOMENT = 1_000_000_000;
/** The last one that there is. */
const LAST_MOMENT = 8_640_000_000_000_000;
const MOST_DAYS = 100_000;

function midnight(wall: number, timeZone: string): number {
	return wallOf(`${localText(wall, timeZone).slice(0, 10)} 00:00:00`, timeZone);
}

/**
 * A moment as people give it: a date (its beginning, by the clock of the place), a time with or without its zone, days before
 * today (`0` is today's beginning, `-7` a week ago), or milliseconds since 1970. Null where nothing is given.
 *
 * @throws PbxError `invalid-period`
 */
export function readMoment(value: unknown, timeZone: string, now: number): number | null {
	if (value instanceof Date) return readMoment(value.getTime(), timeZone, now);
	const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : (value ?? "");
	if (text === "") return null;
	if (typeof text === "string") {
		const number = Number(text);
		if (Number.isInteger(number) && number > LEAST_MOMENT && number <= LAST_MOMENT) return number;
		if (Number.isInteger(number) && Math.abs(number) < MOST_DAYS) {
			// From noon to noon: a day can have 23 hours, or 25.
			return midnight(midnight(now, timeZone) + DAY_MS / 2 + number * DAY_MS, timeZone);
		}
		const [, date, time = "00:00:00"] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/.exec(text) ?? [];
		const local = date === undefined ? Number.NaN : wallOf(`${date} ${time.padEnd(8, ":00")}`, timeZone);
		if (Number.isFinite(local)) return local;
		const isDay = Number.isFinite(wallOf(`${text.slice(0, 10)} 00:00:00`, timeZone));
		const parsed = isDay && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
		if (Number.isFinite(parsed)) return parsed;
	}
	throw new PbxError("invalid-period", `No date or number of days: ${shown(value)}`, { value: shown(value) });
}
