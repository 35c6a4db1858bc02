import assert from "node:assert/strict";
import type { LinkAddress, LinkListener } from "../../src/link/endpoint";
import { LinkPool } from "../../src/link/pool";
import type { Extension, Key, Tenant } from "../../src/protocol/address";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { ManualClock } from "../support/clock";
import { eventually, settle } from "../support/eventually";
import { ScriptedServer } from "../support/scriptedServer";
import { KEY, TENANT } from "../support/seed";

describe("the pool of links", () => {
	let server: ScriptedServer;
	let clock: ManualClock;
	let pool: LinkPool;

	beforeEach(async () => {
		server = await ScriptedServer.start();
		clock = new ManualClock();
		pool = new LinkPool({ clock, random: () => 0, vocabulary: STANDARD_VOCABULARY });
	});
	afterEach(async () => {
		await server.stop();
		assert.deepEqual([pool.size, clock.pending], [0, 0]);
	});

	function address(over: Partial<LinkAddress> = {}): LinkAddress {
		const tenant = TENANT as Tenant;
		return { url: server.url, tenant, extension: "11" as Extension, key: KEY as Key, tls: null, ...over };
	}
	function listener(heard: string[]): LinkListener {
		return { state: (state) => heard.push(state.kind), ticket: (ticket) => heard.push(ticket.raw) };
	}

	it("opens one socket per server, tenant and extension, however many use it", async () => {
		const members = Array.from({ length: 5 }, () => pool.join(address(), listener([])));
		const other = pool.join(address({ extension: "12" as Extension }), listener([]));
		await server.client(1);
		await settle();
		assert.deepEqual([server.clients.length, pool.size], [2, 2]);
		await Promise.all([...members, other].map((member) => member.leave()));
	});

	it("closes it when the last one leaves, and not before", async () => {
		const [first, second] = [pool.join(address(), listener([])), pool.join(address(), listener([]))];
		const client = await server.client();
		await first.leave();
		await first.leave();
		await settle();
		assert.ok(client.isOpen);
		await second.leave();
		await client.closes();
	});

	it("tells everyone everything, and a newcomer the present state at once", async () => {
		const [early, late]: string[][] = [[], []];
		const first = pool.join(address(), listener(early ?? []));
		const client = await server.client();
		client.say("(info,-Livre)");
		await eventually(() => assert.deepEqual(early, ["connecting", "connected", "(info,-Livre)"]));
		const second = pool.join(address(), listener(late ?? []));
		assert.deepEqual(late, ["connected"]);
		client.say("(CALL,974319404)");
		await eventually(() => assert.deepEqual(late, ["connected", "(CALL,974319404)"]));
		await Promise.all([first.leave(), second.leave()]);
	});

	it("does not share a link between different keys", async () => {
		const members = [pool.join(address(), listener([])), pool.join(address({ key: null }), listener([]))];
		await server.client(1);
		await Promise.all(members.map((member) => member.leave()));
	});

	it("can be joined anew while the old link is still closing", async () => {
		const member = pool.join(address(), listener([]));
		await server.client();
		const leaving = member.leave();
		const again = pool.join(address(), listener([]));
		await server.client(1);
		await Promise.all([leaving, again.leave()]);
	});
});
