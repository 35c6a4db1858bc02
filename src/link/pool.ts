import { LruMap } from "../lruMap";
import type { Moment } from "../moment";
import type { Ticket } from "../protocol/ticket";
import { momentOf } from "./clock";
import type { LinkAddress, LinkContext, LinkListener } from "./endpoint";
import { Host } from "./host";
import { Link } from "./link";
import type { LinkState } from "./state";

/** One user's share of a link. */
export interface Membership {
	/** The shared link, for requests and its state. */
	readonly link: Pick<Link, "state" | "dial" | "askState" | "hold" | "release">;
	/** Gives the share back; the last one to leave closes the link, and then this resolves when it is gone. */
	leave(): Promise<void>;
}

interface SharedLink {
	readonly link: Link;
	readonly members: Set<LinkListener>;
}

/** Hosts whose links are known to belong together; far more than anybody has. */
const MOST_HOSTS = 1_000;

/** One socket per server, tenant and extension, however many use it: opened by the first, closed by the last. */
export class LinkPool {
	readonly #context: LinkContext;
	readonly #links = new Map<string, SharedLink>();
	readonly #hosts = new LruMap<string, Host>(MOST_HOSTS);

	constructor(context: LinkContext) {
		this.#context = context;
	}

	/** How many links are open. */
	get size(): number {
		return this.#links.size;
	}

	/**
	 * Joins the link to an address, opening it if need be. The listener hears the present state at once.
	 *
	 * @param isHeld  whether one that is opened waits in standby
	 */
	join(address: LinkAddress, listener: LinkListener, isHeld = false): Membership {
		// Key and TLS settings belong to the identity too: another key may be another login.
		const { url, tenant, extension, key, tls } = address;
		const identity = JSON.stringify([new URL(url).href, tenant, extension, key, tls]);
		const shared = this.#links.get(identity) ?? this.#open(identity, address, isHeld);
		shared.members.add(listener);
		listener.state(shared.link.state, momentOf(this.#context.clock));
		return {
			link: shared.link,
			leave: async () => {
				if (shared.members.size > 1) {
					// Whoever leaves hears that it is over, whether or not others stay.
					if (shared.members.delete(listener)) listener.state({ kind: "closed" }, momentOf(this.#context.clock));
					return;
				}
				const isOpen = this.#links.get(identity) === shared;
				if (!isOpen || !shared.members.has(listener)) return;
				this.#links.delete(identity);
				// The last one still hears that it closes: it may be waiting for just that.
				await shared.link.close();
				shared.members.delete(listener);
			},
		};
	}

	#open(identity: string, address: LinkAddress, isHeld: boolean): SharedLink {
		const members = new Set<LinkListener>();
		const everyone: LinkListener = {
			wire: {
				heard(...what) {
					for (const { wire } of members) wire?.heard(...what);
				},
				said(...what) {
					for (const { wire } of members) wire?.said(...what);
				},
			},
			state(state: LinkState, at: Moment) {
				for (const member of members) member.state(state, at);
			},
			ticket(ticket: Ticket, at: Moment) {
				for (const member of members) member.ticket(ticket, at);
			},
		};
		const { host: name } = new URL(address.url);
		const host = this.#hosts.get(name) ?? new Host(this.#context.clock);
		this.#hosts.set(name, host);
		const shared = { link: new Link(address, this.#context, everyone, host, isHeld), members };
		this.#links.set(identity, shared);
		return shared;
	}
}
