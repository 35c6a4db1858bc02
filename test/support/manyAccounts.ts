import type { NodeAPI } from "node-red";
import { systemClock } from "../../src/link/clock";
import { LinkPool } from "../../src/link/pool";
import { DialLogs, NO_RULES } from "../../src/pbx/dialGuard";
import { Journal } from "../../src/pbx/journal";
import { Pbx } from "../../src/pbx/pbx";
import type { Subscription } from "../../src/pbx/subscription";
import { MONITOR, type Tenant } from "../../src/protocol/address";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { eventually } from "./eventually";
import { type Client, ScriptedServer } from "./scriptedServer";
import { PROMPT_KNOWN } from "./seed";

/** Many accounts of one process, each with its monitor on a real socket; the test is the PBX of all of them. */
export class ManyAccounts {
	readonly #server: ScriptedServer;
	readonly #links = new LinkPool({ clock: systemClock, random: Math.random, vocabulary: STANDARD_VOCABULARY });
	readonly #subscriptions: Subscription[] = [];
	readonly #clients = new Map<string, Client>();
	readonly warnings: string[] = [];
	readonly pbxs: Pbx[] = [];

	private constructor(server: ScriptedServer) {
		this.#server = server;
	}

	/** Accounts of the tenants `t0`, `t1` and so on, all connected. */
	static async start(count: number): Promise<ManyAccounts> {
		const made = new ManyAccounts(await ScriptedServer.start(0, (client) => client.say(PROMPT_KNOWN)));
		for (let i = 0; i < count; i++) made.#open(`t${i}`);
		for (let i = 0; i < count; i++) {
			const client = await made.#server.client(i);
			const [tenant = ""] = (await client.hears()).split(",");
			made.#clients.set(tenant.trim(), client);
		}
		return made;
	}

	/** Says something on the monitor of an account. */
	say(i: number, ...frames: string[]): void {
		this.#clients.get(`t${i}`)?.say(...frames);
	}

	/** Says of so many extensions, from 1000 on, that they are idle; resolves when all accounts have heard of so many. */
	async fill(extensions: number, heard = extensions): Promise<void> {
		const tickets = Array.from({ length: extensions }, (_, n) => `(info,270-Libre-${1000 + n}-0)`);
		for (let i = 0; i < this.pbxs.length; i++) {
			for (let n = 0; n < extensions; n += 500) this.say(i, tickets.slice(n, n + 500).join(" "));
		}
		const wrong = () => this.pbxs.find((pbx) => pbx.heardOf().length !== heard || !pbx.look(String(999 + extensions)));
		await eventually(() => {
			const pbx = wrong();
			if (pbx) throw new Error(`${pbx.tenant} has heard of ${pbx.heardOf().length}`);
		}, 30);
	}

	/** A Node-RED whose config nodes they are, `c0`, `c1` and so on, as far as the sidebar's view asks it. */
	get RED(): NodeAPI {
		const nodes = this.pbxs.map((pbx, i) => {
			const saved = { id: `c${i}`, type: "pbx-config", name: `Oficina ${i}`, tenant: pbx.tenant };
			return { saved, node: { account: { pbx, journal: Journal.of(pbx, systemClock), callLog: null } } };
		});
		const byId = new Map(nodes.map(({ saved, node }) => [saved.id, node]));
		const eachNode = (visit: (node: object) => void) => {
			for (const { saved } of nodes) visit(saved);
		};
		const stub: unknown = {
			nodes: { eachNode, getNode: (id: string) => byId.get(id) ?? null },
			_: (key: string) => key,
		};
		return stub as NodeAPI;
	}

	async close(): Promise<void> {
		for (const pbx of this.pbxs) Journal.of(pbx, systemClock).close();
		await Promise.all(this.#subscriptions.map((subscription) => subscription.close(true)));
		await Promise.all(this.pbxs.map((pbx) => pbx.close()));
		await this.#server.stop();
	}

	#open(tenant: string): void {
		const plan = { country: "ES", plus: "+", prefix: "" } as const;
		const pbx = new Pbx(
			{
				...{ url: this.#server.url, tenant: tenant as Tenant, key: null, tls: null, activations: [] },
				...{ rules: NO_RULES, infersGroups: true, mostExtensions: 5_000, settle: 100 },
				crm: { plan, language: "es", timeZone: "Europe/Madrid", people: new Map() },
			},
			{
				...{ links: this.#links, dialLogs: new DialLogs(), clock: systemClock, vocabulary: STANDARD_VOCABULARY },
				...{ accounts: null, keeper: null, deafSince: new Map(), note: () => {} },
				warn: (warning) => this.warnings.push(warning.code),
				failed: (error) => {
					throw error;
				},
			},
		);
		this.pbxs.push(pbx);
		const watch = () => () => {};
		const request = { id: null, connections: [MONITOR], listener: null, followsCalls: true, watch };
		this.#subscriptions.push(pbx.subscribe(request));
	}
}
