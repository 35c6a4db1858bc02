import type { Person } from "../../src/crm/person";
import { PbxError, shown } from "../../src/errors";
import { isExtension } from "../../src/protocol/address";
import type { SavedPerson } from "./options";

/** What makes a row of the table of people unfit. */
export type PersonFault = "extension" | "twice";

function text(value: unknown): string {
	return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}

/** Each row's fault, or null; a row with nothing in it is none. */
export function peopleFaults(rows: readonly Partial<SavedPerson>[]): (PersonFault | null)[] {
	const seen = new Set<string>();
	return rows.map((row) => {
		const extension = text(row.extension);
		if (isBlank(row)) return null;
		if (!isExtension(extension)) return "extension";
		if (seen.has(extension)) return "twice";
		seen.add(extension);
		return null;
	});
}

function isBlank({ extension, name, user, email }: Partial<SavedPerson>): boolean {
	return [extension, name, user, email].every((value) => text(value) === "");
}

/**
 * The table of people by extension.
 *
 * @throws PbxError `invalid-people` for a row that names no extension, or one that another row names
 */
export function readPeople(saved: unknown): ReadonlyMap<string, Person> {
	const isRow = (row: unknown): row is Partial<SavedPerson> => typeof row === "object" && row !== null;
	const rows = Array.isArray(saved) ? saved.filter(isRow) : [];
	const wrong = peopleFaults(rows).findIndex((fault) => fault !== null);
	if (wrong !== -1) {
		const value = shown(rows[wrong]?.extension);
		throw new PbxError("invalid-people", `Row ${wrong + 1} of the people: ${value}`, { row: wrong + 1, value });
	}
	return new Map(
		rows
			.filter((row) => !isBlank(row))
			.map(({ extension, name, user, email }) => [
				text(extension),
				{ extension: text(extension), name: text(name), user: text(user), email: text(email) },
			]),
	);
}
