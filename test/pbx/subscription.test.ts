import assert from "node:assert/strict";
import type { ExtensionStateEvent } from "../../src/messages";
import { PatientListener } from "../../src/pbx/subscription";

/** A turn of the event loop, in which what was put off before arrives. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("what a node is told while it is deployed", () => {
	let told: string[];
	const event = (extension: string): ExtensionStateEvent => ({
		...{ event: "extension.state", at: "2026-01-15T10:00:00.000Z", tenant: "227", extension, raw: "(x)" },
		...{
			state: "idle",
			previous: "unknown",
			text: "Libre",
			since: "2026-01-15T10:00:00.000Z",
			repeated: false,
			channel: "999",
		},
	});
	const listener = (name: string, extensions: ReadonlySet<string> | null = null) =>
		new PatientListener({
			...{ events: new Set(["extension.state"] as const), extensions, directions: new Set(), outcomes: new Set() },
			event: (heard) => void told.push(`${name} ${"extension" in heard ? heard.extension : ""}`),
		});
	const deploy = (before: PatientListener, after: PatientListener, isLost: boolean) => {
		before.stopped(() => isLost);
		before.pause();
		after.pause();
		after.inherit(before);
		after.resume();
	};
	beforeEach(() => {
		told = [];
	});

	it("is told again to its successor where it was on its way to somebody who was stopped as well, and first", () => {
		const [before, after] = [listener("before"), listener("after")];
		before.event(event("11"));
		before.stopped(() => true);
		before.pause();
		before.event(event("12"));
		after.pause();
		after.inherit(before);
		after.event(event("13"));
		after.resume();
		assert.deepEqual(told, ["before 11", "after 11", "after 12", "after 13"]);
	});

	it("is not told again where it has arrived", async () => {
		const before = listener("before");
		before.event(event("11"));
		await turn();
		deploy(before, listener("after"), true);
		assert.deepEqual(told, ["before 11"]);
		const [other, next] = [listener("before"), listener("after")];
		other.event(event("12"));
		deploy(other, next, false);
		assert.deepEqual(told, ["before 11", "before 12"]);
	});

	it("is told again from the first that has not arrived, where it is stopped between two that were told in one turn", async () => {
		const before = listener("before");
		before.event(event("11"));
		const stopped = new Promise<void>((resolve) => {
			setImmediate(() => {
				deploy(before, listener("after"), true);
				resolve();
			});
		});
		before.event(event("12"));
		before.event(event("13"));
		await stopped;
		assert.deepEqual(told, ["before 11", "before 12", "before 13", "after 12", "after 13"]);
	});

	it("is told again where one deploy follows another before anybody has started", () => {
		const [before, between, last] = [listener("before"), listener("between"), listener("last")];
		before.event(event("11"));
		before.stopped(() => true);
		before.pause();
		between.pause();
		between.inherit(before);
		deploy(between, last, false);
		assert.deepEqual(told, ["before 11", "last 11"]);
	});

	it("is not kept beyond its turn by somebody who fails", async () => {
		const failing = new PatientListener({
			...{
				events: new Set(["extension.state"] as const),
				extensions: null,
				directions: new Set(),
				outcomes: new Set(),
			},
			event: () => {
				throw new Error("broken");
			},
		});
		assert.throws(() => failing.event(event("11")), /broken/);
		await turn();
		deploy(failing, listener("after"), true);
		assert.deepEqual(told, []);
	});

	it("is told again only where its successor wants it, and once", async () => {
		const [before, after, last] = [listener("before"), listener("after", new Set(["12"])), listener("last")];
		before.event(event("11"));
		before.event(event("12"));
		deploy(before, after, true);
		await turn();
		deploy(after, last, true);
		assert.deepEqual(told, ["before 11", "before 12", "after 12"]);
	});
});
