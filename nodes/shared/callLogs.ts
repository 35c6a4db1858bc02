import { createHash } from "node:crypto";
import { hostname } from "node:os";
import type { PbxError } from "../../src/errors";
import { systemClock } from "../../src/link/clock";
import type { KeeperSource } from "../../src/pbx/keeper";
import { AccountLog } from "../../src/store/accountLog";
import { AdvisoryTurn } from "../../src/store/advisoryTurn";
import { CallLog } from "../../src/store/callLog";
import type { StoreSettings } from "../../src/store/settings";

/** Where an account's call log is kept, and how. */
export interface CallLogSettings {
	readonly store: StoreSettings;
	/** Records are erased after so many days; 0 for never. */
	readonly keepDays: number;
	/** Where several Node-REDs share it, one listens and the others wait. */
	readonly isStandby: boolean;
}

/** A call log that a node uses, until it releases it. */
export interface UsedCallLog {
	readonly log: CallLog;
	release(): Promise<void>;
}

interface Open {
	readonly log: CallLog;
	readonly failed: Set<(error: PbxError) => void>;
	users: number;
}

/** One for each file or database of the process, however many configurations keep their calls there. */
const open = new Map<string, Open>();

function nameOf(settings: StoreSettings): string {
	return createHash("sha256").update(JSON.stringify(settings)).digest("hex");
}

/**
 * Uses a call log.
 *
 * @param failed  hears what goes wrong with it, once each time it begins
 */
export function useCallLog(settings: StoreSettings, failed: (error: PbxError) => void): UsedCallLog {
	const name = nameOf(settings);
	const known = open.get(name);
	const used = known ?? openCallLog(name, settings);
	used.users++;
	used.failed.add(failed);
	// Who comes later hears of what is wrong already.
	const { state } = used.log.store;
	if (known && state.kind === "failing") failed(state.error);
	let isReleased = false;
	return {
		log: used.log,
		async release() {
			if (isReleased) return;
			isReleased = true;
			used.failed.delete(failed);
			if (--used.users > 0) return;
			open.delete(name);
			await used.log.close();
		},
	};
}

function openCallLog(name: string, settings: StoreSettings): Open {
	const failed: Open["failed"] = new Set();
	const tell = (error: PbxError) => {
		for (const each of failed) each(error);
	};
	const opened = { log: new CallLog(settings, { clock: systemClock, failed: tell }), failed, users: 0 };
	open.set(name, opened);
	return opened;
}

/**
 * Has an account's calls kept.
 *
 * @param userDir  tells this Node-RED from others that share a database
 */
export function keeperOf(
	{ store, keepDays, isStandby }: CallLogSettings,
	account: { readonly tenant: string; readonly url: string },
	userDir: string,
): KeeperSource {
	const server = new URL(account.url).host;
	const follower = { account: `${account.tenant}@${server}`, gateway: gatewayOf(store, isStandby, userDir) };
	const options = { ...follower, tenant: account.tenant, keepDays };
	return {
		name: `${nameOf(store)} ${JSON.stringify(options)}`,
		open() {
			const { log, release } = useCallLog(store, () => {});
			const { account } = follower;
			const inTurn = store.kind === "postgresql" && isStandby;
			const turn = inTurn ? new AdvisoryTurn(store, account, systemClock) : null;
			return new AccountLog(log, options, systemClock, turn, release);
		},
	};
}

/** Of several that wait for one another, the next one takes up what the one before has left behind. */
function gatewayOf(store: StoreSettings, isStandby: boolean, userDir: string): string {
	if (store.kind === "file") return "file";
	return isStandby ? "standby" : createHash("sha256").update(`${hostname()} ${userDir}`).digest("hex").slice(0, 16);
}
