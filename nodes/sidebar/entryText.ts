import type { CallEntry, CallStep, JournalEntry, OtherEntry } from "../../src/pbx/journalEntry";
import { sharedText } from "../shared/editor/api";
import { clockTime, escaped, masked, masking, plain, shownParty } from "./format";

function eventName(event: string): string {
	return sharedText(`event.${event.replace(".", "-")}`);
}

/** What a call has come to. */
function courseOf({ event, outcome }: Pick<CallEntry | CallStep, "event" | "outcome">): string {
	return outcome ? sharedText(`outcome.${outcome}`) : eventName(event);
}

function callText(entry: CallEntry): string {
	const [who, phones] = [shownParty(entry), entry.extensions.map(plain).join(", ")];
	const parties = entry.direction === "outbound" ? `${phones} › ${who}` : `${who} › ${phones}`;
	return `${parties} · ${courseOf(entry)}`;
}

/** Why a connection is down, or that the PBX has said nothing on it yet; empty where there is nothing to explain. */
function whyOf({ state, reason }: OtherEntry): string {
	const isDown = state === "disconnected" || state === "refused";
	// Closing it is no fault that would need a reason.
	const isTold = (isDown && reason !== "closed") || reason === "unconfirmed";
	return isTold && reason ? ` (${sharedText(`reasons.${reason}`)})` : "";
}

function otherText(entry: OtherEntry): string {
	const { event, extension, state, seconds } = entry;
	const what = state ? `${sharedText(`status.${state}`)}${whyOf(entry)}` : eventName(event);
	return `${plain(extension)} · ${what}${seconds === null ? "" : `: ${Math.round(seconds)} s`}`;
}

/** An entry as one line, without its time. */
export function entryText(entry: JournalEntry, now: number): string {
	if (entry.kind === "call") return callText(entry);
	if (entry.kind === "other") return otherText(entry);
	return sharedText("sidebar.unwatched", { from: clockTime(entry.from, now), to: clockTime(entry.at, now) });
}

function ticketText(raw: string | null, display?: string): string {
	if (raw === null) return sharedText("sidebar.no-ticket");
	return masking.isOn ? masked(escaped(raw), display) : escaped(raw);
}

/** What an entry rests on, line by line: a call's sentence and steps, or the ticket. */
export function entryDetails(entry: JournalEntry, now: number): string[] {
	if (entry.kind === "unwatched") return [];
	if (entry.kind === "other") return [ticketText(entry.raw)];
	const summary = entry.summary === null ? [] : [ticketText(entry.summary, entry.display)];
	const steps = entry.steps.map((step) => {
		const what = `${clockTime(step.at, now)} ${plain(step.extension)} ${courseOf(step)}`;
		return step.raw === null ? what : `${what}  ${ticketText(step.raw, entry.display)}`;
	});
	return [...summary, ...steps];
}
