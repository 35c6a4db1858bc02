import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import { PbxError, shown } from "../src/errors";
import type { DialResult } from "../src/messages";
import { refuseMonitor } from "../src/pbx/dialGuard";
import type { Pbx } from "../src/pbx/pbx";
import type { DialNumber, Extension } from "../src/protocol/address";
import { readExtension } from "./shared/account";
import { Closing } from "./shared/closing";
import { pbxOf, setUp } from "./shared/configNode";
import { DEFAULT_CALL_TIMEOUT, type PbxCallOptions, secondsOf } from "./shared/options";
import { propertyValue } from "./shared/property";
import { LinkStatus } from "./shared/status";
import { forPeople } from "./shared/texts";

/** The texts of outcomes, as the editor looks them up for a status. */
const OUTCOMES = "@meetip/node-red-pbx/pbx-call:pbx-call.outcome.";

/** A JavaScript number with more digits is a moment, or something else that is no number of a phone. */
const LARGEST_NUMBER = 999_999_999_999;

function readNumber(pbx: Pbx, value: unknown): DialNumber {
	if (typeof value === "number" && value > LARGEST_NUMBER) {
		throw new PbxError("timestamp-number", `More likely a time than a number to dial: ${value}`, {
			number: shown(value),
		});
	}
	// Of a JavaScript number only a whole one: the dash of -5 and the dot of 1.5 are no punctuation.
	const isText = typeof value === "string" || (Number.isSafeInteger(value) && Number(value) >= 0);
	const number = isText ? pbx.dialNumber(String(value)) : null;
	if (number !== null) return number;
	throw new PbxError("invalid-number", `Not a number that can be dialled: ${shown(value)}`, { number: shown(value) });
}

async function dial(pbx: Pbx, extension: Extension, number: DialNumber, seconds: number): Promise<DialResult> {
	const asked = performance.now();
	const reply = await pbx.dial(extension, number, seconds * 1000);
	const { outcome, ticket } = reply === "dry-run" ? { outcome: reply, ticket: null } : reply;
	return {
		event: "dial.result",
		at: new Date().toISOString(),
		tenant: pbx.tenant,
		extension,
		raw: ticket?.raw ?? null,
		outcome,
		ok: outcome === "calling",
		number,
		text: ticket?.text ?? null,
		elapsed: Math.round(performance.now() - asked) / 1000,
	};
}

function register(RED: NodeAPI): void {
	function PbxCall(this: Node, config: NodeDef & PbxCallOptions): void {
		RED.nodes.createNode(this, config);
		const status = new LinkStatus(this);
		const seconds = secondsOf(config.timeout, DEFAULT_CALL_TIMEOUT);
		const value = (message: NodeMessage, text: string, type: string) => propertyValue(RED, this, message, text, type);
		let inTheMaking = 0;
		const closing = new Closing();

		// With a fixed extension the connection is kept open, so that a call does not wait for a login.
		const subscription = setUp(RED, this, () => {
			const pbx = pbxOf(RED, config.pbx);
			if (config.extensionType !== "str") return null;
			const extension = readExtension(config.extension);
			refuseMonitor(extension);
			const watch = () => status.watch(extension);
			return pbx.subscribe({ id: this.id, connections: [extension], listener: null, watch });
		});

		const show = ({ ok, extension, number, outcome }: DialResult) => {
			// What became of it says more than which call it was: that one stands in the message.
			const text = ok ? `${extension} → ${number} OK` : `${OUTCOMES}${outcome}`;
			status.tell({ fill: ok ? "green" : "yellow", shape: "dot", text });
		};
		const call = async (message: NodeMessage): Promise<DialResult> => {
			const pbx = pbxOf(RED, config.pbx);
			const extension = readExtension(await value(message, config.extension, config.extensionType));
			const number = readNumber(pbx, await value(message, config.number, config.numberType));
			closing.mustBeOpen();
			status.tell({ fill: "blue", shape: "dot", text: `${extension} → ${number}` });
			inTheMaking++;
			try {
				const result = await closing.orClosed(dial(pbx, extension, number, seconds));
				// A second call that was refused as busy leaves the first one's status alone.
				if (inTheMaking === 1) show(result);
				return result;
			} catch (error) {
				status.show();
				throw error;
			} finally {
				inTheMaking--;
			}
		};

		this.on("input", (message, send, done) => {
			call(message)
				.then((result) => {
					const answer = Object.assign(message, { payload: result });
					// What a dry run would have dialled goes the way of what was.
					const isCalling = result.ok || result.outcome === "dry-run";
					send(isCalling ? [answer, null] : [null, answer]);
				})
				.then(
					() => done(),
					(error: unknown) => done(forPeople(RED, error)),
				);
		});
		this.on("close", (removed: boolean, done: () => void) => {
			closing.close();
			status.close();
			void Promise.resolve(subscription?.close(removed)).finally(done);
		});
	}
	RED.nodes.registerType("pbx-call", PbxCall);
}

export = register;
