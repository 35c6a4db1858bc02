import assert from "node:assert/strict";
import { Board } from "../../src/calls/board";
import type { Moment } from "../../src/moment";

/** A moment at which both clocks show the same. */
const at = (milliseconds: number): Moment => ({ wall: milliseconds, steady: milliseconds });

describe("the board", () => {
	it("knows nothing of an extension that no ticket has spoken of", () => {
		assert.equal(new Board().look("11"), null);
	});

	it("keeps since when a state holds, and the state before", () => {
		const board = new Board();
		board.note("11", "idle", "Libre", "(info,-Libre)", at(1_000));
		board.note("11", "busy", "Ocupado", "(info,-Ocupado)", at(2_000));
		const { raw: _, ...entry } = board.note("11", "busy", "Ocupada", "(info,-Ocupada)", at(3_000));
		assert.deepEqual(entry, {
			state: "busy",
			previous: "busy",
			text: "Ocupada",
			since: at(2_000),
			sinceText: "1970-01-01T00:00:02.000Z",
			heardAt: at(3_000),
			stale: false,
			repeated: false,
		});
	});

	it("marks as repeated what is said of an extension first within two seconds of connecting", () => {
		const board = new Board();
		const note = (extension: string, when: number) => board.note(extension, "busy", "Ocupado", "", at(when)).repeated;
		assert.equal(note("11", 0), false);
		board.connected(at(1_000));
		assert.deepEqual([note("11", 1_100), note("12", 3_000), note("13", 3_001)], [false, true, false]);
		board.disconnected();
		board.connected(at(10_000));
		assert.deepEqual([note("11", 10_500), note("11", 10_600), note("12", 12_001)], [true, false, false]);
	});

	it("marks what it knows as stale when its connection falls, until it is said anew", () => {
		const board = new Board();
		board.note("11", "idle", "Libre", "", at(0));
		board.disconnected();
		assert.deepEqual([board.look("11")?.state, board.look("11")?.stale], ["idle", true]);
		const { previous, since, stale } = board.note("11", "idle", "Libre", "", at(9_000));
		assert.deepEqual([previous, since, stale], ["unknown", at(9_000), false]);
	});

	it("holds 5,000 extensions; of those without a call the one not heard of for longest makes room", () => {
		const board = new Board();
		for (let i = 0; i < 5_000; i++) board.note(`e${i}`, i === 1 ? "busy" : "idle", "", "", at(i));
		board.note("e0", "idle", "", "", at(9_000));
		board.note("new", "idle", "", "", at(9_001));
		assert.deepEqual(
			["e0", "e1", "e2", "e3", "new"].map((extension) => board.look(extension)?.state),
			["idle", "busy", undefined, "idle", "idle"],
		);
		assert.equal(board.extensions().length, 5_000);
		board.note("e1", "idle", "", "", at(9_002));
		assert.equal(board.look("e1")?.previous, "busy");
	});

	it("makes room among those that have calls where all do", () => {
		const board = new Board();
		for (let i = 0; i < 5_000; i++) board.note(`e${i}`, "busy", "", "", at(i));
		board.note("new", "idle", "", "", at(9_000));
		assert.deepEqual([board.look("e0"), board.look("new")?.state], [null, "idle"]);
		board.note("newer", "ringing", "", "", at(9_001));
		assert.deepEqual([board.look("new"), board.look("e1")?.state], [null, "busy"]);
	});

	it("says who comes and goes, and that there are too many", () => {
		const said: string[] = [];
		const board = new Board({
			added: (extension) => extension.startsWith("n") && said.push(`+${extension}`),
			removed: (extension) => said.push(`-${extension}`),
			overflown: () => said.push("overflown"),
		});
		for (let i = 0; i < 5_000; i++) board.note(`e${i}`, "idle", "", "", at(i));
		for (const extension of ["n1", "n2"]) board.note(extension, "idle", "", "", at(9_000));
		assert.deepEqual(said, ["-e0", "overflown", "+n1", "-e1", "overflown", "+n2"]);
	});

	it("holds as many as it is told to, those with calls longest", () => {
		let most = 4;
		const board = new Board(undefined, () => most);
		board.note("busy", "busy", "", "", at(0));
		for (let i = 0; i < 5; i++) board.note(`e${i}`, "idle", "", "", at(1 + i));
		assert.deepEqual(board.extensions().length, 4);
		most = 2;
		board.note("new", "idle", "", "", at(10));
		assert.deepEqual([...board.extensions()].sort(), ["busy", "new"]);
		most = 3;
		board.note("newer", "idle", "", "", at(11));
		assert.deepEqual([...board.extensions()].sort(), ["busy", "new", "newer"]);
	});

	it("is as quick for an extension too many as for one that it knows", () => {
		const board = new Board();
		for (let i = 0; i < 5_000; i++) board.note(`e${i}`, "idle", "", "", at(i));
		// Going over all of them for each would take minutes.
		for (let i = 0; i < 50_000; i++) board.note(`x${i}`, "idle", "", "", at(10_000 + i));
		assert.deepEqual([board.extensions().length, board.look("x49999")?.state], [5_000, "idle"]);
	});
});
