import { PbxError, type PbxErrorCode } from "../errors";

/** How a database says what is wrong with it, by the code that we give it. */
const SIGNS: readonly (readonly [RegExp, PbxErrorCode, string])[] = [
	// As the migrations say it; before the word of a damaged file.
	[/corrupted migrations/i, "store-newer", "The call log was written by a newer version of this package"],
	[/malformed|not a database|corrupt/i, "store-damaged", "The file of the call log is damaged"],
	[/is full|ENOSPC|no space left|disk_full|53100/i, "store-full", "There is no room for the call log"],
	[/readonly|read-only|EROFS|EACCES|EPERM|permission denied/i, "store-read-only", "The call log cannot be written"],
	[/in use|database is locked/i, "store-in-use", "Another process has the call log open"],
	[/password|authentication|28P01|28000/i, "store-refused", "The database refuses the call log's login"],
];

/** What a failure of the database comes to; details of it for logs only, as they can name the user. */
export function storeError(error: unknown): PbxError {
	if (error instanceof PbxError) return error;
	const { message = "", code = "" } = Object(error) as { message?: string; code?: string };
	const text = `${code} ${message}`.trim();
	const [, found, sentence] = SIGNS.find(([sign]) => sign.test(text)) ?? [
		null,
		"store-unavailable",
		"The call log's database cannot be reached",
	];
	return new PbxError(found as PbxErrorCode, `${sentence}: ${withoutSecrets(text)}`);
}

/** A connection string in a message would show its password. */
function withoutSecrets(text: string): string {
	return text.replace(/\/\/[^\s/@]*@/g, "//").slice(0, 200);
}

/** Whether two who wrote at once were in each other's way: the same again helps. */
export function isConflict(error: unknown): boolean {
	return /^40/.test(String(Object(error).code ?? ""));
}

/** Whether a write itself is wrong, and the database well. */
export function isItsOwnFault(error: unknown): boolean {
	const { code = "", message = "" } = Object(error) as { code?: string; message?: string };
	// No database threw these.
	if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return true;
	return /^(22|23|42)/.test(code) || /constraint|syntax error|no such (table|column)|datatype mismatch/i.test(message);
}
