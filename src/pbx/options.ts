import { isDeepStrictEqual } from "node:util";
import type { Activation } from "../calls/template";
import type { CrmOptions } from "../crm/crm";
import type { PbxError } from "../errors";
import type { Clock } from "../link/clock";
import type { LinkAddress } from "../link/endpoint";
import type { LinkPool } from "../link/pool";
import type { Moment } from "../moment";
import type { Extension } from "../protocol/address";
import type { Vocabulary } from "../protocol/vocabulary";
import type { DialLogs, DialRules } from "./dialGuard";
import type { KeeperSource } from "./keeper";
import type { SubscriptionOwner } from "./subscription";

/** Which PBX, as whom, and how to read it. */
export interface PbxOptions extends Omit<LinkAddress, "extension"> {
	/** The PRO event table; empty for none. */
	readonly activations: readonly Activation[];
	/** How calls are described to a CRM, and how numbers are written. */
	readonly crm: CrmOptions;
	/** What may be dialled. */
	readonly rules: DialRules;
	/** Whether legs may be put together to calls by number and moment alone. */
	readonly infersGroups: boolean;
	/** Milliseconds that a call whose legs are over waits for another one. */
	readonly settle: number;
	/**
	 * Extensions that are followed at a time, on each connection's board and with their calls. Beyond, those without a call that
	 * were not heard of for longest make room, and the log says so once.
	 */
	readonly mostExtensions: number;
}

/** What a {@link Pbx} needs from outside. */
export interface PbxContext {
	readonly links: LinkPool;
	readonly clock: Clock;
	readonly vocabulary: Vocabulary;
	/** What was dialled lately, for the limits. */
	readonly dialLogs: DialLogs;
	/** What hands subscriptions over in a deploy; null where there are none. */
	readonly accounts: SubscriptionOwner | null;
	/** Where its calls are kept beyond the process; null for nowhere. */
	readonly keeper: KeeperSource | null;
	/** Since when extensions were not heard that another account heard before. */
	readonly deafSince: ReadonlyMap<Extension, Moment>;
	/** Hears, in English, why a connection is down, once per reason. */
	readonly note: (text: string) => void;
	/** Hears of what does not work as wanted, and stays so, once. */
	readonly warn: (warning: PbxError) => void;
	/** Hears of exceptions that a listener threw. */
	readonly failed: (error: unknown) => void;
}

/** What a configuration changes in the context of an account that it takes over. */
export type ConfigurationContext = Pick<PbxContext, "vocabulary" | "keeper" | "note" | "warn" | "failed">;

/** Whether two name the same account. */
export function isSameAccount(a: PbxOptions, b: PbxOptions): boolean {
	const isSame = new URL(a.url).href === new URL(b.url).href && a.tenant === b.tenant && a.key === b.key;
	return isSame && isDeepStrictEqual(a.tls, b.tls);
}
