import { randomUUID } from "node:crypto";
import { createProReader, type ProReader } from "../calls/pro";
import { createMatcher } from "../calls/template";
import type { TrackerOptions } from "../calls/told";
import type { CommandFields } from "../messages";
import { isNoCaller } from "../numbers/callerId";
import { DialGuard } from "./dialGuard";
import type { PbxContext, PbxOptions } from "./options";

/** How the lines of PRO events are read. */
export interface LineReaders {
	/** What they say of calls; null without a table. */
	readonly pro: ProReader | null;
	readonly matchCommand: (line: string) => CommandFields | null;
}

/** What reads lines by an account's PRO event table. */
export function linesOf({ activations }: PbxOptions, { vocabulary }: PbxContext): LineReaders {
	return { pro: createProReader(activations, vocabulary), matchCommand: createMatcher(activations) };
}

/** What keeps an account's limits of dialling. */
export function guardOf({ url, tenant, rules, crm }: PbxOptions, { clock, dialLogs }: PbxContext): DialGuard {
	return new DialGuard(rules, crm.plan, clock, dialLogs.of(`${new URL(url).host} ${tenant}`));
}

/** How an account's calls are followed. */
export function trackerOptionsOf(
	options: PbxOptions,
	{ vocabulary }: PbxContext,
	pro: ProReader | null,
): TrackerOptions {
	const { settle, infersGroups, mostExtensions } = options;
	return {
		...{ settle, infersGroups, pro, mostPhones: mostExtensions, newCallId: randomUUID },
		isWord: (text) => isNoCaller(text, vocabulary),
	};
}
