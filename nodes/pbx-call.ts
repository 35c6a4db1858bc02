import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import { PbxError, shown } from "../src/errors";
import { refuseMonitor } from "../src/link/link";
import type { DialResult } from "../src/messages";
import type { Pbx } from "../src/pbx/pbx";
import type { DialNumber, Extension } from "../src/protocol/address";
import { readExtension } from "./shared/account";
import { pbxOf, setUp } from "./shared/configNode";
import { DEFAULT_CALL_TIMEOUT, type PbxCallOptions, secondsOf } from "./shared/options";
import { propertyValue } from "./shared/property";
import { LinkStatus } from "./shared/status";
import { forPeople } from "./shared/texts";

function readNumber(pbx: Pbx, value: unknown): DialNumber {
	// Of a JavaScript number only a whole one: the dash of -5 and the dot of 1.5 are no punctuation.
	const isText = typeof value === "string" || (Number.isSafeInteger(value) && Number(value) >= 0);
	const number = isText ? pbx.dialNumber(String(value)) : null;
	if (number !== null) return number;
	throw new PbxError("invalid-number", `Not a number that can be dialled: ${shown(value)}`, { number: shown(value) });
}

async function dial(pbx: Pbx, extension: Extension, number: DialNumber, seconds: number): Promise<DialResult> {
	const asked = Date.now();
	const reply = await pbx.dial(extension, number, seconds * 1000);
	const { outcome, ticket } = reply === "dry-run" ? { outcome: reply, ticket: null } : reply;
	const answered = Date.now();
	return {
		event: "dial.result",
		at: new Date(answered).toISOString(),
		tenant: pbx.tenant,
		extension,
		raw: ticket?.raw ?? null,
		outcome,
		ok: outcome === "calling",
		number,
		text: ticket?.text ?? null,
		elapsed: Math.max(0, answered - asked) / 1000,
	};
}

function register(RED: NodeAPI): void {
	function PbxCall(this: Node, config: NodeDef & PbxCallOptions): void {
		RED.nodes.createNode(this, config);
		const status = new LinkStatus(RED, this);
		const seconds = secondsOf(config.timeout, DEFAULT_CALL_TIMEOUT);
		const value = (message: NodeMessage, text: string, type: string) => propertyValue(RED, this, message, text, type);
		let inTheMaking = 0;
		let isClosed = false;

		// With a fixed extension the connection is kept open, so that a call does not wait for a login.
		const seat = setUp(RED, this, () => {
			const pbx = pbxOf(RED, config.pbx);
			if (config.extensionType !== "str") return null;
			const extension = readExtension(config.extension);
			refuseMonitor(extension);
			return pbx.join(extension, status.watch(extension), null);
		});

		const show = ({ ok, extension, number, outcome }: DialResult) => {
			const text = `${extension} → ${number}: ${RED._(`pbx-call.outcome.${outcome}`)}`;
			status.tell({ fill: ok ? "green" : "yellow", shape: "dot", text });
		};
		const call = async (message: NodeMessage): Promise<DialResult> => {
			const pbx = pbxOf(RED, config.pbx);
			const extension = readExtension(await value(message, config.extension, config.extensionType));
			const number = readNumber(pbx, await value(message, config.number, config.numberType));
			if (isClosed) throw new PbxError("closed", "The node was closed before the call was asked for");
			status.tell({ fill: "blue", shape: "dot", text: `${extension} → ${number}` });
			inTheMaking++;
			try {
				const result = await dial(pbx, extension, number, seconds);
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
		this.on("close", (done: () => void) => {
			isClosed = true;
			status.close();
			void Promise.resolve(seat?.leave()).finally(done);
		});
	}
	RED.nodes.registerType("pbx-call", PbxCall);
}

export = register;
