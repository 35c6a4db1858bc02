import assert from "node:assert/strict";
import { Announcer } from "../../src/simulator/announcer";
import { Exchange, NATURAL_PACE } from "../../src/simulator/exchange";
import { parseCommand } from "../../src/simulator/parseCommand";
import { playScene, type SceneCommand } from "../../src/simulator/playScene";
import { Scenes } from "../../src/simulator/scenes";
import { WIRE_SWITCHES } from "../../src/simulator/wire";
import { CallPlayer } from "../support/callPlayer";
import { ManualClock } from "../support/clock";

const PHONES = ["11", "12", "13", "14"];
const CALLER = "600123456";

/** Which connections hear it: the monitor's, all the extensions' own, or both, one of them sooner. */
const LISTENERS = ["monitor", "own", "own before monitor", "monitor before own"] as const;
type Listeners = (typeof LISTENERS)[number];

/** The simulated phones, and what is made of what their connections say. */
class Stage {
	readonly clock = new ManualClock();
	readonly frames: string[] = [];
	readonly #player: CallPlayer;
	readonly #exchange: Exchange;
	readonly #scenes: Scenes;
	/** What the slower ones have yet to say. */
	#late: [channel: string, frame: string][] = [];

	constructor(listeners: Listeners) {
		const channel = listeners === "own" ? "11" : "999";
		this.#player = new CallPlayer({ channel, also: listeners === "monitor" ? [] : PHONES });
		this.#player.now = this.clock.now();
		const outlet = {
			toExtension: (extension: string, frame: string) => {
				if (listeners === "monitor before own") this.#late.push([extension, frame]);
				else if (listeners !== "monitor") this.#hear(extension, frame);
			},
			toMonitor: (frame: string) => {
				if (listeners === "own before monitor") this.#late.push(["999", frame]);
				else if (listeners !== "own") this.#hear("999", frame);
			},
		};
		const announcer = new Announcer(outlet, [], this.clock);
		this.#exchange = new Exchange(PHONES, announcer, this.clock, NATURAL_PACE);
		this.#scenes = new Scenes(this.#exchange);
	}

	#hear(channel: string, frame: string): void {
		this.frames.push(frame);
		this.#player.on(channel, (this.clock.now() - this.#player.now) / 1000, frame);
	}

	/** Time passes, in which the slower ones follow. */
	#pass(seconds: number): void {
		for (let left = seconds * 1000; left > 0; left -= 100) {
			this.clock.advance(Math.min(left, 100));
			for (const [channel, frame] of this.#late.splice(0)) this.#hear(channel, frame);
		}
	}

	/** Plays commands as people write them, a second apart where they do not say how long to `wait`. */
	play(...lines: readonly string[]): this {
		for (const line of lines) {
			const [, seconds] = /^wait (\d+)$/.exec(line) ?? [];
			if (!seconds) playScene(parseCommand(line) as SceneCommand, this.#exchange, this.#scenes);
			this.#pass(Number(seconds ?? 1));
		}
		return this;
	}

	/** The phones that are not idle. */
	get busy(): string[] {
		return this.#exchange.states().flatMap(([extension, state]) => (state === "idle" ? [] : `${extension} ${state}`));
	}

	/** Nothing happens any more; what was recorded. */
	end(): CallPlayer {
		this.#pass(120);
		assert.deepEqual(this.busy, []);
		this.#scenes.close();
		this.#exchange.close();
		return this.#player.rest();
	}
}

type Wires = Readonly<Partial<Record<keyof typeof WIRE_SWITCHES, string>>>;

/** Every way of putting things on the wire that nobody has seen. */
function* wires(): Generator<Wires> {
	for (const transactions of WIRE_SWITCHES.transactions)
		for (const ends of WIRE_SWITCHES.ends)
			for (const pickup of WIRE_SWITCHES.pickup)
				for (const handover of WIRE_SWITCHES.handover) yield { transactions, ends, pickup, handover };
}

interface Scene {
	readonly title: string;
	readonly lines: readonly string[];
	/** The records, by outcome and who answered. */
	readonly records: readonly string[];
	/** What is known of that where the monitor is not listened to. */
	readonly onOwn?: readonly string[];
}

const SCENES: readonly Scene[] = [
	{
		title: "a queue of three, the last one answers",
		lines: [`queue 11,12,13 ${CALLER} 5`, "wait 11", "answer 13", "wait 20", "hangup 13"],
		records: ["answered by 13"],
	},
	{
		title: "a queue of two in three rounds that nobody answers",
		lines: [`queue 11,12 ${CALLER} 4 3`, "wait 40"],
		records: ["missed by "],
	},
	{
		title: "a queue whose first phone rejects",
		lines: [`queue 11,12 ${CALLER} 10`, "reject 11", "wait 3", "answer 12", "wait 9", "hangup 12"],
		records: ["answered by 12"],
	},
	{
		title: "a group of two, one of which rejects, is rung again, and the other answers",
		lines: [`ring 11,12 ${CALLER}`, "reject 11 3", "wait 4", "answer 12", "wait 9", "hangup 12"],
		records: ["answered by 12"],
	},
	{
		title: "a call that is rejected by the only phone",
		lines: [`ring 11 ${CALLER}`, "reject 11"],
		records: ["missed by "],
	},
	{
		title: "a blind transfer that is answered",
		lines: [`ring 11 ${CALLER}`, "answer 11", "wait 5", "transfer 11 12", "answer 12", "wait 7", "hangup 12"],
		records: ["answered by 11,12"],
	},
	{
		title: "a blind transfer that nobody answers",
		lines: [`ring 11 ${CALLER}`, "answer 11", "wait 5", "transfer 11 12", "wait 40"],
		records: ["answered by 11"],
	},
	{
		title: "an attended transfer",
		lines: [
			...[`ring 11 ${CALLER}`, "answer 11", "wait 5", "consult 11 12", "answer 12", "wait 6", "handover 11", "wait 8"],
			"hangup 12",
		],
		records: ["answered by 11,12"],
	},
	{
		title: "a call picked up at a third phone",
		lines: [`ring 11,12 ${CALLER}`, "wait 3", "pickup 13 11", "wait 9", "hangup 13"],
		records: ["answered by 13"],
		// On its own connection nobody is named at 13: it may as well have called somebody.
		onOwn: ["unknown by "],
	},
	{
		title: "a call forwarded to another phone",
		lines: ["forward 11 12", `ring 11 ${CALLER}`, "wait 3", "answer 12", "wait 9", "hangup 12", "forward 11 off"],
		records: ["answered by 12"],
	},
	{
		title: "a call whose phone is in an unknown state",
		lines: [`ring 11 ${CALLER}`, "word 11 En conversación", "wait 9", "hangup 11"],
		records: ["unknown by "],
	},
];

describe("the simulated phones", () => {
	for (const listeners of LISTENERS) {
		for (const { title, lines, records, onOwn = records } of SCENES) {
			it(`play ${title}: one true record in each way of telling it, heard on: ${listeners}`, () => {
				for (const wire of wires()) {
					const stage = new Stage(listeners);
					stage.play(...Object.entries(wire).map(([what, how]) => `wire ${what} ${how}`), ...lines);
					const told = stage.end().records.map(({ outcome, answeredBy }) => `${outcome} by ${answeredBy}`);
					assert.deepEqual(
						told,
						listeners === "own" ? onOwn : records,
						JSON.stringify({ wire, frames: stage.frames, told }),
					);
				}
			});
		}
	}
});
