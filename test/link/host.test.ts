import assert from "node:assert/strict";
import { Host, type Place } from "../../src/link/host";
import { LIMITS } from "../../src/link/limits";
import { LinkPool } from "../../src/link/pool";
import type { LinkState } from "../../src/link/state";
import type { Extension, Key, Tenant } from "../../src/protocol/address";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { ManualClock } from "../support/clock";
import { settle } from "../support/eventually";
import { ScriptedServer } from "../support/scriptedServer";
import { KEY, PROMPT_KNOWN, TENANT } from "../support/seed";

describe("the links to one host", () => {
	let clock: ManualClock;
	let host: Host;
	let entered: string[];
	beforeEach(() => {
		clock = new ManualClock();
		host = new Host(clock);
		entered = [];
	});

	const wants = (name: string, isFirst = false): Place => {
		const place = host.place();
		place.try(isFirst, () => entered.push(name));
		return place;
	};
	const full = () => Array.from({ length: LIMITS.loginsAtOnce }, (_, i) => wants(`${i}`));

	it("log in twelve at a time; one that has, or gave up, makes room for the next", () => {
		const [one, two] = full();
		const late = wants("late");
		assert.ok(late.isWaiting);
		const later = wants("later");
		assert.equal(entered.length, LIMITS.loginsAtOnce);
		one?.answered();
		assert.equal(entered.at(-1), "late");
		assert.ok(!late.isWaiting && later.isWaiting);
		two?.sleep(() => {});
		assert.equal(entered.at(-1), "later");
	});

	it("let those go first that have not tried before, since somebody may be waiting for them", () => {
		const [one, two] = full();
		wants("again");
		wants("first", true);
		one?.answered();
		two?.leave();
		assert.deepEqual(entered.slice(-2), ["first", "again"]);
	});

	it("lose their turn when they are closed while they wait", () => {
		const [one] = full();
		wants("closed").leave();
		wants("open");
		one?.answered();
		assert.equal(entered.at(-1), "open");
	});

	it("are woken by the first one that is up, but not over and over", () => {
		const woken: string[] = [];
		const asleep = (name: string) => host.place().sleep(() => woken.push(name));
		const [first, second] = [host.place(), host.place()];
		asleep("a");
		first.up();
		assert.deepEqual(woken, ["a"]);
		second.up();
		for (const place of [first, second]) place.leave();
		second.up();
		assert.deepEqual(woken, ["a"]);
		second.leave();
		clock.advance(LIMITS.wakeInterval);
		asleep("b");
		second.up();
		assert.deepEqual(woken, ["a", "a", "b"]);
		clock.advance(LIMITS.wakeInterval);
		asleep("c");
		second.up();
		assert.deepEqual(woken, ["a", "a", "b"]);
	});
});

describe("two hundred links to a host that comes back", () => {
	const COUNT = 200;
	const soon = () => new Promise((resolve) => setTimeout(resolve, 2));

	it("are up within ten seconds, without more than twelve logging in at once", async () => {
		const clock = new ManualClock();
		let seed = 1;
		const random = () => {
			seed = (seed * 16_807) % 2_147_483_647;
			return seed / 2_147_483_647;
		};
		const pool = new LinkPool({ clock, random, vocabulary: STANDARD_VOCABULARY });
		let server = await ScriptedServer.start();
		const { port, url } = server;
		const states = new Map<string, LinkState["kind"]>();
		const seen = new Set<LinkState["kind"]>();
		const isUp = () => [...states.values()].filter((kind) => kind === "connected").length;
		const members = Array.from({ length: COUNT }, (_, i) => {
			const extension = String(1_000 + i) as Extension;
			return pool.join(
				{ url, tenant: TENANT as Tenant, extension, key: KEY as Key, tls: null },
				{
					state({ kind }) {
						states.set(extension, kind);
						seen.add(kind);
					},
					ticket() {},
				},
			);
		});
		let most = 0;
		/** The server's part: it asks for the login, and then says something. */
		const serve = async (isDone: () => boolean) => {
			const served = new Set<object>();
			for (let i = 0; i < 1_000 && !isDone(); i++) {
				const unanswered = server.clients.filter(({ isOpen, sent }) => isOpen && sent.length === 0);
				most = Math.max(most, unanswered.length);
				for (const client of server.clients) {
					if (served.has(client)) continue;
					served.add(client);
					client.say(PROMPT_KNOWN, "(info,-Livre)");
				}
				await soon();
			}
		};
		await serve(() => isUp() === COUNT);
		assert.equal(isUp(), COUNT);
		assert.ok(seen.has("queued"));

		await server.stop();
		for (let seconds = 0; seconds < 120; seconds += 5) {
			clock.advance(5_000);
			await settle();
		}
		assert.equal(isUp(), 0);

		server = await ScriptedServer.start(port);
		const backAt = clock.steady();
		while (isUp() < COUNT && clock.steady() - backAt < 10_000) {
			clock.advance(500);
			let turns = 0;
			await serve(() => isUp() === COUNT || ++turns > 40);
		}
		assert.equal(isUp(), COUNT);
		assert.ok(most <= LIMITS.loginsAtOnce, `${most} at once`);
		await Promise.all(members.map((member) => member.leave()));
		await server.stop();
		assert.equal(clock.pending, 0);
	});
});
