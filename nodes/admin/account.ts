import type { CurrentCall } from "../../src/messages";
import type { Journal } from "../../src/pbx/journal";
import type { JournalEntry } from "../../src/pbx/journalEntry";
import type { OngoingCall } from "../../src/pbx/ongoingCalls";
import type { Pbx } from "../../src/pbx/pbx";
import type { HeardExtension, LiveCall, LiveExtension, LiveLink, LiveParty, LiveWord } from "./contract";
import type { Shown } from "./viewers";

/** What people can look at: connections, extensions, calls; and phones of one call. The tab says how many more there are. */
export const MOST_LINKS = 100;
export const MOST_TILES = 200;
export const MOST_CALLS = 100;
export const MOST_WORDS = 20;
const MOST_PHONES = 8;
/** Characters of a name or number. */
const LONGEST_TEXT = 80;

/** Of an account's connections those first that are not up. */
export function linksOf(pbx: Pbx): Shown<LiveLink> {
	const all = pbx.links();
	const links = [
		...all.filter(({ state }) => state.kind !== "connected"),
		...all.filter(({ state }) => state.kind === "connected"),
	];
	const items = links.slice(0, MOST_LINKS).map(({ extension, state, since }) => {
		const unconfirmed = state.kind === "connected" && !state.confirmed ? "unconfirmed" : "";
		return { key: extension, state: state.kind, reason: "reason" in state ? state.reason : unconfirmed, since };
	});
	return { items, more: all.length - items.length };
}

/** A text as long as people read it. */
export function cut(text: string): string {
	return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** The other end of a call. */
export function partyOf(call: Pick<CurrentCall, "number" | "name" | "contact" | "anonymous" | "direction">): LiveParty {
	const name = cut(call.contact?.name || call.name || "");
	const number = call.number === null ? null : cut(call.number);
	return { number, name, anonymous: call.anonymous, direction: call.direction };
}

/** The extensions heard of that hold a text, or whose people's names do. */
export function extensionsOf(pbx: Pbx, find: string): Shown<LiveExtension> {
	const { people } = pbx.crm;
	const sought = find.trim().toLowerCase();
	const nameOf = (extension: string) => people.get(extension)?.name ?? "";
	const fits = (extension: string) =>
		extension.toLowerCase().includes(sought) || nameOf(extension).toLowerCase().includes(sought);
	const all = pbx.heardOf();
	const found = sought === "" ? all : all.filter(fits);
	const items = found.slice(0, MOST_TILES).flatMap((extension) => {
		const entry = pbx.look(extension);
		if (!entry) return [];
		const { state, since, stale } = entry;
		const call = pbx.currentCall(extension);
		const name = cut(nameOf(extension));
		return { key: extension, name, state, since: since.wall, stale, call: call && partyOf(call) };
	});
	return { items, more: found.length - items.length };
}

/** The extensions heard of that begin with a text, so many of them. */
export function completionsOf(pbx: Pbx, start: string, most: number): HeardExtension[] {
	const found: HeardExtension[] = [];
	for (const extension of pbx.heardOf()) {
		if (found.length >= most) break;
		if (!extension.startsWith(start)) continue;
		found.push({ extension, state: pbx.look(extension)?.state ?? "unknown" });
	}
	return found;
}

function liveCall({ call, ringing, talking }: OngoingCall): LiveCall {
	const since = Date.parse(call.answeredAt ?? call.startedAt ?? "");
	const talk = talking.slice(0, MOST_PHONES);
	const ring = ringing.slice(0, MOST_PHONES - talk.length);
	return {
		...{ key: call.callId, ...partyOf(call), queue: call.queue && cut(call.queue) },
		...{ since: Number.isNaN(since) ? null : since, ringing: ring, talking: talk },
		others: ringing.length + talking.length - ring.length - talk.length,
	};
}

/** The calls that go on, in all of the account. */
export function callsOf(pbx: Pbx): Shown<LiveCall> {
	const { calls, count } = pbx.ongoingCalls(MOST_CALLS);
	return { items: calls.map(liveCall), more: count - calls.length };
}

/** The words that nobody knows, the latest first; no more than how many there are while nobody looks. */
export function wordsOf({ unknownWords }: Pbx, isWanted: boolean): Shown<LiveWord> {
	const words = isWanted ? unknownWords.list().slice(0, MOST_WORDS) : [];
	const items = words.map((each) => ({
		...{ ...each, ticket: cut(each.ticket) },
		key: `${each.place} ${each.word.toLowerCase()}`,
	}));
	return { items, more: unknownWords.size - items.length };
}

/** The last events, newest first. */
export function eventsOf(journal: Journal): Shown<JournalEntry> {
	return { items: journal.look(), more: 0 };
}
