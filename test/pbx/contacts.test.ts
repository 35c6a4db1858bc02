import assert from "node:assert/strict";
import { type CallParty, Contacts } from "../../src/pbx/contacts";
import { ManualClock } from "../support/clock";

const ANA = { id: "1", name: "Ana", url: "" };
const EVA = { id: "2", name: "Eva", url: "" };

describe("whom look-ups have found", () => {
	let clock: ManualClock;
	let contacts: Contacts;
	let kept: string[];
	const call = (callId: string, over: Partial<CallParty> = {}): CallParty => ({
		...{ callId, number: "974319404", e164: "+34974319404", anonymous: false },
		...over,
	});

	beforeEach(() => {
		clock = new ManualClock();
		kept = [];
		contacts = new Contacts(clock, (number) => kept.push(number));
	});

	it("is known on the call as long as that is remembered, and behind the number for the minutes that were set", () => {
		contacts.found(call("1"), ANA, 30);
		clock.advance(30 * 60_000 - 1);
		assert.deepEqual(contacts.of("2", "+34974319404"), ANA);
		clock.advance(1);
		assert.deepEqual([contacts.of("1", "+34974319404"), contacts.of("2", "+34974319404")], [ANA, null]);
		contacts.found(call("3"), EVA, 0);
		assert.deepEqual([contacts.of("3", null), contacts.of("4", "+34974319404")], [EVA, null]);
	});

	it("is kept by what the calls of the number are kept by, and not at all behind one that is withheld or has no digit", () => {
		contacts.found(call("1"), ANA, 30);
		contacts.found(call("2", { number: "+999 12", e164: null }), ANA, 30);
		contacts.found(call("3", { number: "974319404", e164: null, anonymous: true }), ANA, 30);
		contacts.found(call("4", { number: "ana@pbx", e164: null }), ANA, 30);
		contacts.found(call("5", { number: null, e164: null }), ANA, 30);
		assert.deepEqual(kept, ["+34974319404", "99912"]);
		assert.deepEqual(contacts.of("6", "99912"), ANA);
	});

	it("is forgotten with its number, on calls that go on too, and nobody else is", () => {
		contacts.found(call("1"), ANA, 30);
		contacts.found(call("2"), ANA, 0);
		contacts.found(call("3", { number: "600000101", e164: "+34600000101" }), EVA, 30);
		contacts.found(call("4", { anonymous: true }), EVA, 30);
		contacts.forget("+34974319404");
		contacts.forget("");
		assert.deepEqual(
			["1", "2", "5"].map((id) => contacts.of(id, "+34974319404")),
			[null, null, null],
		);
		assert.deepEqual(
			[contacts.of("3", null), contacts.of("4", null), contacts.of("6", "+34600000101")],
			[EVA, EVA, EVA],
		);
	});

	it("is of so many numbers and calls that memory is bounded: the oldest make room", () => {
		for (let n = 0; n < 6_000; n++) contacts.found(call(`c${n}`, { number: null, e164: `+3460${n}` }), ANA, 30);
		assert.deepEqual([contacts.of("c0", "+34600"), contacts.of("c5999", null)], [null, ANA]);
		assert.deepEqual([contacts.of("", "+34601000"), contacts.of("", "+34600999")], [ANA, null]);
	});
});
