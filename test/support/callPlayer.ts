import { Board } from "../../src/calls/board";
import { type CallEventContext, legEvent, recordEvent } from "../../src/calls/callEvents";
import { happeningOf, sourceOf } from "../../src/calls/happening";
import { createProReader, type ProReader } from "../../src/calls/pro";
import type { Activation } from "../../src/calls/template";
import { eventNameOf, extensionOf, saysState, stateEvent, ticketEvent } from "../../src/calls/ticketEvents";
import type { Told } from "../../src/calls/told";
import { CallTracker } from "../../src/calls/tracker";
import type { CallRecord, LegEvent, PbxEvent } from "../../src/messages";
import type { Moment } from "../../src/moment";
import { isNoCaller } from "../../src/numbers/callerId";
import { type Extension, MONITOR, MOST_EXTENSIONS, type Tenant } from "../../src/protocol/address";
import { decodeFrame } from "../../src/protocol/decode";
import { createVocabulary, type ExtraWords } from "../../src/protocol/vocabulary";

import { assertPayload } from "./schema";

/** When the transactions of the vendor's document were made. */
export const SEED_TIME = 1_508_337_505_000;

/** How calls are played. */
export interface PlayerOptions {
	/** Whose connection frames come on, unless told otherwise. */
	readonly channel?: string;
	/** Whether groups are inferred. */
	readonly groups?: boolean;
	readonly activations?: readonly Activation[];
	/** Seconds. */
	readonly settle?: number;
	readonly words?: ExtraWords;
	/** More connections that are up from the beginning. */
	readonly also?: readonly string[];
}

/** Plays frames to the call model, with a clock that the frames turn, and keeps what it tells. */
export class CallPlayer {
	/** Of legs: ringing, answered, ended. */
	readonly events: LegEvent[] = [];
	/** Of calls. */
	readonly records: CallRecord[] = [];
	/** All that `pbx-in` would send, calls and the rest. */
	readonly heard: PbxEvent[] = [];
	/** Words that stood where a caller should. */
	readonly words: string[] = [];
	readonly tracker: CallTracker;
	/** The wall's clock less the steady one: a step of the clock changes it. */
	wallAhead = SEED_TIME - 1_000_000;
	#steady = 1_000_000;
	readonly #channel: Extension;
	readonly #pro: ProReader | null;
	readonly #boards = new Map<string, Board>();
	readonly #context: CallEventContext;
	#ids = 0;

	constructor(options: PlayerOptions = {}) {
		const { channel = MONITOR, groups = true, activations = [], settle = 8, words = {}, also = [] } = options;
		const vocabulary = createVocabulary(words);
		this.#channel = channel as Extension;
		this.#pro = createProReader(activations, vocabulary);
		this.tracker = new CallTracker({
			...{ settle: settle * 1000, infersGroups: groups, pro: this.#pro, mostPhones: MOST_EXTENSIONS },
			newCallId: () => `local-${++this.#ids}`,
			isWord: (text) => isNoCaller(text, vocabulary),
		});
		this.#context = {
			...{ tenant: "227" as Tenant, vocabulary },
			crm: {
				...{ plan: { country: "ES", prefix: "", plus: "+" }, language: "es", timeZone: "Europe/Madrid" },
				people: new Map(),
			},
			isExtension: (number) => this.tracker.isPhone(number),
			contactOf: () => null,
		};
		const longAgo = { wall: 0, steady: 0 };
		for (const each of [channel, ...also]) {
			this.tracker.linkUp(sourceOf(each as Extension), each, longAgo);
			this.#boards.set(each, new Board());
		}
	}

	/** Now, by both clocks. */
	get at(): Moment {
		return { wall: this.#steady + this.wallAhead, steady: this.#steady };
	}

	/** The wall's clock. */
	get now(): number {
		return this.at.wall;
	}

	/** Sets the wall's clock without any time passing. */
	set now(wall: number) {
		this.wallAhead = wall - this.#steady;
	}

	/** Frames that come in after so many seconds. */
	after(seconds: number, ...frames: string[]): this {
		return this.on(this.#channel, seconds, ...frames);
	}

	/** Frames that come in on a connection after so many seconds. */
	on(channel: string, seconds: number, ...frames: string[]): this {
		const until = this.#steady + Math.round(seconds * 1000);
		for (let due = this.tracker.dueAt; due !== null && due <= until; due = this.tracker.dueAt) {
			this.#steady = Math.max(this.#steady, due);
			this.#tell(this.tracker.due(this.at));
		}
		this.#steady = until;
		for (const frame of frames)
			for (const ticket of decodeFrame(frame, this.#context.vocabulary)) this.#hear(ticket, channel as Extension);
		return this;
	}

	dial(number: string, extension: string = this.#channel): this {
		this.#tell(this.tracker.take(extension, { kind: "dialled", number }, this.at));
		return this;
	}

	/** The connection falls, and is back after so many seconds. */
	gap(seconds: number, channel: string = this.#channel): this {
		this.fall(channel).after(seconds);
		return this.rise(channel);
	}

	fall(channel: string = this.#channel): this {
		this.#tell(this.tracker.linkDown(sourceOf(channel as Extension), channel, this.at));
		return this;
	}

	rise(channel: string = this.#channel): this {
		this.#tell(this.tracker.linkUp(sourceOf(channel as Extension), channel, this.at));
		return this;
	}

	/** Nothing is heard any more, nor will be. */
	end(): this {
		this.#tell(this.tracker.endAll(this.at));
		return this;
	}

	/** Nothing comes any more, for two days. */
	rest(): this {
		return this.after(2 * 86_400);
	}

	/** What was told of legs, a line each: event, extension, number, and what the end says. */
	get story(): string[] {
		return this.events.map((event) => {
			const { extension, number, outcome, ringDuration, duration } = event;
			const end = outcome === null ? "" : ` ${outcome} rang ${ringDuration} talked ${duration}`;
			return `${event.event.slice(5)} ${extension} ${number}${end}`;
		});
	}

	/** What was told of calls, a line each: number, outcome, who answered, how long, and the legs. */
	get log(): string[] {
		return this.records.map(({ number, outcome, answeredBy, waitDuration, duration, legs }) => {
			const list = legs.map(({ extension, outcome: how }) => `${extension} ${how}`).join(", ");
			return `${number} ${outcome} by [${answeredBy}] waited ${waitDuration} talked ${duration}: ${list}`;
		});
	}

	#hear(ticket: ReturnType<typeof decodeFrame>[number], channel: Extension): void {
		const happening = happeningOf(ticket, channel, this.#context.vocabulary, this.#pro);
		if (happening) this.#tell(this.tracker.take(happening.extension, happening.input, this.at));
		const context = { tenant: this.#context.tenant, channel, matchCommand: () => null };
		if (saysState(ticket)) {
			const board = this.#boards.get(channel);
			const noted = board?.note(extensionOf(ticket, channel), ticket.state, ticket.text, ticket.raw, this.at);
			if (noted) this.heard.push(stateEvent(ticket, noted, context, this.at));
		} else if (eventNameOf(ticket) !== null) this.heard.push(ticketEvent(ticket, context, this.at));
	}

	#tell(told: readonly Told[]): void {
		for (const each of told) {
			if (each.kind === "word") {
				this.words.push(each.word);
				continue;
			}
			const event =
				each.kind === "leg" ? legEvent(each, this.#context, this.at) : recordEvent(each.facts, this.#context, this.at);
			assertPayload(event);
			this.heard.push(event);
			if (event.event === "call.record") this.records.push(event);
			else this.events.push(event);
		}
	}
}

/** A monitor ticket, as the vendor's document writes it; transactions count up from the document's. */
export const monitor = {
	caller: (extension: string, number: string, tx: number) =>
		`(info,270-${number}-${extension}-${SEED_TIME / 1000}.${3_520_740 + tx})`,
	end: (extension: string, tx: number) => `(info,270-terminada-${extension}-${SEED_TIME / 1000}.${3_520_740 + tx})`,
	state: (extension: string, word: string) => `(info,270-${word}-${extension}-0)`,
};
