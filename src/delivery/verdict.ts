import { REASONS } from "./reasons";

/** What a flow's message tells of a request: as `http request` and `catch` nodes leave it. */
export interface Reply {
	/** A number, or the text that stands there where nobody answered, such as `ECONNREFUSED`. */
	readonly statusCode?: unknown;
	readonly headers?: unknown;
	/** What went wrong in the flow. */
	readonly error?: unknown;
}

/** How a try went. */
export type Verdict =
	| { readonly kind: "delivered" }
	/** To be tried again, not before so many milliseconds where the server says so. */
	| { readonly kind: "again"; readonly reason: string; readonly after: number; readonly isUnreachable: boolean }
	/** The server takes it for wrong, and would every time. */
	| { readonly kind: "refused"; readonly reason: string };

/** Answers of the kind 4xx that another time may help. */
const PASSING = new Set([408, 425, 429]);
/** The longest wait that a server can ask for. */
const LONGEST_AFTER_MS = 24 * 3_600_000;
const LONGEST_REASON = 200;

function textOf(value: unknown): string {
	if (typeof value === "string") return value;
	const { message, code } = Object(value) as { message?: unknown; code?: unknown };
	const found = typeof message === "string" && message !== "" ? message : code;
	return typeof found === "string" || typeof found === "number" ? String(found) : "error";
}

/** One line, short enough to be shown. */
function reasonOf(text: string): string {
	return text.replace(/\s+/g, " ").trim().slice(0, LONGEST_REASON) || "error";
}

/** Milliseconds that `Retry-After` asks for: seconds, or a date; 0 where it says nothing that can be read. */
export function retryAfter(headers: unknown, now: number): number {
	const entries = typeof headers === "object" && headers !== null ? Object.entries(headers) : [];
	const value: unknown = entries.find(([name]) => name.toLowerCase() === "retry-after")?.[1];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	// An object can make `String` throw.
	const text = typeof first === "string" || typeof first === "number" ? String(first).trim() : "";
	const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
	return wait > 0 ? Math.min(wait, LONGEST_AFTER_MS) : 0;
}

/** What a message says of the request that a record was handed over with. Never throws. */
export function judge({ statusCode, headers, error }: Reply, now: number): Verdict {
	const status = typeof statusCode === "string" && /^\d{3}$/.test(statusCode) ? Number(statusCode) : statusCode;
	const hasFailed = error !== undefined && error !== null && error !== false && error !== "";
	if (typeof status === "number" && status >= 400 && status < 500 && !PASSING.has(status)) {
		return { kind: "refused", reason: reasonOf(`HTTP ${status}`) };
	}
	if (hasFailed) return { kind: "again", reason: reasonOf(textOf(error)), after: 0, isUnreachable: false };
	if (typeof status !== "number") {
		const reason = status === undefined || status === null || status === "" ? REASONS.silent : textOf(status);
		return { kind: "again", reason: reasonOf(reason), after: 0, isUnreachable: true };
	}
	if (status >= 200 && status < 300) return { kind: "delivered" };
	return { kind: "again", reason: `HTTP ${status}`, after: retryAfter(headers, now), isUnreachable: false };
}
