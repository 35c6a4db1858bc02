import type { Clock } from "../link/clock";
import type { LinkPool } from "../link/pool";
import type { DialLogs } from "./dialGuard";
import { Handover } from "./handover";
import type { ConfigurationContext, PbxOptions } from "./options";
import { Pbx } from "./pbx";
import type { Subscription, SubscriptionOwner } from "./subscription";

/** What all accounts of a process share, and what hands them over from a node to its successor in a deploy. */
export class Accounts implements SubscriptionOwner {
	readonly #shared: { readonly links: LinkPool; readonly clock: Clock; readonly dialLogs: DialLogs };
	readonly #pbxs: Handover<Pbx>;
	readonly #subscriptions: Handover<Subscription>;
	/** Subscriptions whose nodes have yet to start. */
	#starting = new Set<Subscription>();

	constructor(shared: { readonly links: LinkPool; readonly clock: Clock; readonly dialLogs: DialLogs }) {
		this.#shared = shared;
		this.#pbxs = new Handover(shared.clock);
		this.#subscriptions = new Handover(shared.clock);
	}

	/**
	 * The account of a configuration: the one of its predecessor, with its connections, board and calls, where server, tenant,
	 * key and TLS are the same; else a new one, and what went on in the other ends as unknown.
	 *
	 * @param name  the configuration's own, which its successor has too
	 */
	open(name: string, options: PbxOptions, context: ConfigurationContext): Pbx {
		const before = this.#pbxs.take(name);
		if (before?.isSameAccount(options)) {
			before.configure(options, context);
			return before;
		}
		const deafSince = before?.end() ?? new Map();
		return new Pbx(options, { ...this.#shared, ...context, accounts: this, deafSince });
	}

	/** A configuration was stopped: for good, or to be taken over. */
	async release(name: string, pbx: Pbx, isRemoved: boolean): Promise<void> {
		if (isRemoved) await pbx.close();
		else {
			this.#pbxs.hold(name, pbx);
			// The process may end now.
			await pbx.flush();
		}
	}

	/** Somebody has subscribed; what was held for it is taken over. */
	subscribed(subscription: Subscription): void {
		this.#starting.add(subscription);
		if (subscription.id === null) return;
		const before = this.#subscriptions.take(subscription.id);
		if (!before) return;
		subscription.inherit(before);
		before.giveUp();
	}

	/** Somebody was stopped: for good, or to be taken over. */
	async unsubscribed(subscription: Subscription, isRemoved: boolean): Promise<void> {
		this.#starting.delete(subscription);
		if (isRemoved || subscription.id === null) await subscription.leave();
		else {
			subscription.pause();
			this.#subscriptions.hold(subscription.id, subscription);
		}
	}

	/** All nodes have started: they are told what has waited for them, and what nobody took over is given up. */
	started(): void {
		const starting = this.#starting;
		this.#starting = new Set();
		for (const subscription of starting) subscription.resume();
		this.#subscriptions.giveUpAll();
		this.#pbxs.giveUpAll();
	}
}
