import assert from "node:assert/strict";
import { Host } from "../../src/link/host";
import { Link } from "../../src/link/link";
import type { TlsSettings } from "../../src/link/socket";
import type { LinkState } from "../../src/link/state";
import { type DialNumber, dialNumber, type Extension, type Key, type Tenant } from "../../src/protocol/address";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { ManualClock } from "./clock";
import { eventually } from "./eventually";
import { type Client, ScriptedServer } from "./scriptedServer";
import { EXTENSION, KEY, PROMPT_KNOWN, TENANT } from "./seed";

export const NUMBER = dialNumber("974319404") as DialNumber;

/** A link to a server that the test plays, on a clock that the test turns. */
export class LinkFixture {
	readonly clock = new ManualClock();
	readonly states: LinkState[] = [];
	readonly heard: string[] = [];
	#link: Link | null = null;

	private constructor(readonly server: ScriptedServer) {}

	static async start(): Promise<LinkFixture> {
		return new LinkFixture(await ScriptedServer.start());
	}

	/** Closes the link and proves that nothing is left of it. */
	async stop(): Promise<void> {
		await this.#link?.close();
		await this.server.stop();
		assert.equal(this.clock.pending, 0, "no timer is left");
	}

	get link(): Link {
		assert.ok(this.#link);
		return this.#link;
	}

	open(over: { url?: string; key?: string | null; extension?: string; tls?: TlsSettings } = {}): Link {
		const { url = this.server.url, key = KEY, extension = EXTENSION, tls = null } = over;
		this.#link = new Link(
			{ url, tenant: TENANT as Tenant, extension: extension as Extension, key: key as Key | null, tls },
			{ clock: this.clock, random: () => 0, vocabulary: STANDARD_VOCABULARY },
			{ state: (state) => this.states.push(state), ticket: (ticket) => this.heard.push(ticket.raw) },
			new Host(this.clock),
		);
		return this.#link;
	}

	async becomes<Kind extends LinkState["kind"]>(kind: Kind): Promise<Extract<LinkState, { kind: Kind }>> {
		return eventually(() => {
			const state = this.states.at(-1);
			if (state?.kind !== kind) throw new Error(`${kind} expected, got ${JSON.stringify(this.states)}`);
			return state as Extract<LinkState, { kind: Kind }>;
		});
	}

	/** Opens and logs in; gives the server's side of the connection. */
	async openLoggedIn(extension?: string): Promise<Client> {
		this.open(extension === undefined ? {} : { extension });
		return this.loggedIn();
	}

	async loggedIn(index = 0): Promise<Client> {
		const client = await this.server.client(index);
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say("(info,-Livre)");
		await this.becomes("connected");
		return client;
	}
}
