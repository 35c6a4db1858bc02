import { Board } from "../../src/calls/board";
import { callEvent, noteState, type Reading, readTicket } from "../../src/calls/events";
import { CallLives } from "../../src/calls/lifecycle";
import { createProReader } from "../../src/calls/pro";
import type { Activation } from "../../src/calls/template";
import type { CallEvent, PbxEvent } from "../../src/messages";
import { type DialNumber, type Extension, MONITOR, type Tenant } from "../../src/protocol/address";
import { decodeFrame } from "../../src/protocol/decode";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";

import { assertPayload } from "./schema";

/** When the transactions of the vendor's document were made. */
export const SEED_TIME = 1_508_337_505_000;

/** Plays frames to the call model, with a clock that the frames turn, and keeps what it tells. */
export class CallPlayer {
	readonly events: CallEvent[] = [];
	/** All that `pbx-in` would send, calls and the rest. */
	readonly heard: PbxEvent[] = [];
	readonly lives: CallLives;
	now = SEED_TIME;
	readonly #reading: Reading;
	#ids = 0;

	constructor(channel: Extension = MONITOR, findGroups = true, activations: readonly Activation[] = []) {
		const pro = createProReader(activations, channel, STANDARD_VOCABULARY);
		this.lives = new CallLives({ channel, newCallId: () => `local-${++this.#ids}`, findGroups, pro });
		this.#reading = {
			...{ tenant: "227" as Tenant, channel, country: "ES", vocabulary: STANDARD_VOCABULARY, board: new Board() },
			matchCommand: () => null,
			isExtension: () => false,
		};
	}

	/** Frames that come in after so many seconds. */
	after(seconds: number, ...frames: string[]): this {
		const until = this.now + seconds * 1000;
		for (let due = this.lives.dueAt; due !== null && due <= until; due = this.lives.dueAt) {
			this.now = Math.max(this.now, due);
			this.#tell(this.lives.due(this.now));
		}
		this.now = until;
		for (const frame of frames) {
			for (const ticket of decodeFrame(frame)) {
				this.#tell(this.lives.take(ticket, this.now));
				noteState(ticket, this.#reading, this.now);
				const event = readTicket(ticket, this.#reading, this.now);
				if (event) this.heard.push(event);
			}
		}
		return this;
	}

	dial(number: string): this {
		this.#tell(this.lives.dialled(number as DialNumber, this.now));
		return this;
	}

	/** The connection falls, and is back after so many seconds. */
	gap(seconds: number): this {
		this.lives.missedSome();
		this.after(seconds);
		this.lives.heardAgain(this.now);
		return this;
	}

	/** Nothing comes any more, for a day. */
	rest(): this {
		return this.after(86_400);
	}

	/** What was told, a line each: event, extension, number, and what the end says. */
	get story(): string[] {
		return this.events.map((event) => {
			const { extension, number, outcome, ringDuration, duration, group } = event;
			const end = outcome === null ? "" : ` ${outcome} rang ${ringDuration} talked ${duration}`;
			const phones = group ? ` [${group.extensions}]` : "";
			return `${event.event.slice(5)} ${extension} ${number}${end}${phones}`;
		});
	}

	#tell(steps: ReturnType<CallLives["take"]>): void {
		for (const step of steps) {
			const event = callEvent(step, this.#reading, this.now);
			assertPayload(event);
			this.events.push(event);
			this.heard.push(event);
		}
	}
}

/** A monitor ticket, as the vendor's document writes it; transactions count up from the document's. */
export const monitor = {
	caller: (extension: string, number: string, tx: number) =>
		`(info,270-${number}-${extension}-${SEED_TIME / 1000}.${3_520_740 + tx})`,
	end: (extension: string, tx: number) => `(info,270-terminada-${extension}-${SEED_TIME / 1000}.${3_520_740 + tx})`,
	state: (extension: string, word: "Timbre" | "Ocupada" | "Libre") => `(info,270-${word}-${extension}-0)`,
};
