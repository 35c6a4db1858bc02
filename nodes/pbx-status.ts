import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import { PbxError } from "../src/errors";
import type { StatusResult } from "../src/messages";
import type { Pbx } from "../src/pbx/pbx";
import { type Extension, MONITOR, MOST_EXTENSIONS } from "../src/protocol/address";
import { readExtension } from "./shared/account";
import { Closing } from "./shared/closing";
import { pbxOf, setUp } from "./shared/configNode";
import { DEFAULT_STATUS_TIMEOUT, type PbxStatusOptions, secondsOf, splitList } from "./shared/options";
import { propertyValue } from "./shared/property";
import { LinkStatus } from "./shared/status";
import { forPeople } from "./shared/texts";
import { filledInList } from "./shared/variables";

/** Asked of the board: all that the monitor has told of. */
const ALL = "*";

function fromBoard(pbx: Pbx, extension: string): StatusResult {
	const entry = pbx.look(extension, MONITOR);
	return {
		event: "extension.state",
		at: new Date().toISOString(),
		tenant: pbx.tenant,
		extension,
		raw: entry?.raw ?? null,
		state: entry?.state ?? "unknown",
		previous: entry?.previous ?? "unknown",
		text: entry?.text ?? null,
		since: entry?.sinceText ?? null,
		age: entry ? Math.max(0, Math.round(performance.now() - entry.heardAt.steady)) / 1000 : null,
		stale: entry?.stale ?? false,
		call: pbx.currentCall(extension),
		source: "monitor",
	};
}

async function ask(pbx: Pbx, via: Extension, extension: Extension, seconds: number): Promise<StatusResult> {
	const known = pbx.look(extension);
	const before = known?.stale ? null : known;
	const reply = await pbx.askState(via, extension, seconds * 1000);
	const at = new Date().toISOString();
	const common = {
		event: "extension.state",
		at,
		tenant: pbx.tenant,
		extension,
		source: "reply",
		stale: false,
		call: pbx.currentCall(extension),
	} as const;
	if (reply.kind !== "found") {
		const raw = reply.kind === "not-found" ? reply.ticket.raw : null;
		const previous = before?.state ?? "unknown";
		return { ...common, raw, state: reply.kind, previous, text: null, since: null, age: null };
	}
	const { raw, state, text } = reply.ticket;
	const isSame = before?.state === state;
	const previous = (isSame ? before.previous : before?.state) ?? "unknown";
	const since = isSame ? before.sinceText : at;
	return { ...common, raw, state, previous, text, since, age: 0 };
}

/** One extension, or several: an array, or a text such as `11, 12`. */
function readAsked(value: unknown): Extension | Extension[] {
	const items = typeof value === "string" ? splitList(value) : [];
	const list = items.length > 1 ? items : (items[0] ?? value);
	if (!Array.isArray(list)) return readExtension(list);
	if (list.length <= MOST_EXTENSIONS) return list.map(readExtension);
	throw new PbxError("too-many-requests", `More than ${MOST_EXTENSIONS} extensions`, { most: MOST_EXTENSIONS });
}

function register(RED: NodeAPI): void {
	function PbxStatus(this: Node, config: NodeDef & PbxStatusOptions): void {
		RED.nodes.createNode(this, config);
		const status = new LinkStatus(this);
		const seconds = secondsOf(config.timeout, DEFAULT_STATUS_TIMEOUT);

		const isBoard = config.source === "board";
		const channel = () => (isBoard ? MONITOR : readExtension(filledInList(RED, this, config.via)));
		const closing = new Closing();

		// The connection is kept open, so that a question does not wait for a login, nor the board stay empty.
		const subscription = setUp(RED, this, () => {
			const watch = () => status.watch(channel());
			const request = { id: this.id, connections: [channel()], listener: null, followsCalls: isBoard, watch };
			return pbxOf(RED, config.pbx).subscribe(request);
		});

		const stateOf = (pbx: Pbx, extension: Extension): Promise<StatusResult> | StatusResult => {
			closing.mustBeOpen();
			return isBoard ? fromBoard(pbx, extension) : closing.orClosed(ask(pbx, channel(), extension, seconds));
		};
		const mustKnowSomething = (pbx: Pbx) => {
			if (!isBoard || pbx.linkState(MONITOR)?.kind === "connected" || pbx.heardOf(MONITOR).length > 0) return;
			throw new PbxError("no-board", "The monitor is not connected, so nothing is known of the extensions");
		};
		const answer = async (message: NodeMessage): Promise<StatusResult | StatusResult[]> => {
			const pbx = pbxOf(RED, config.pbx);
			const value = await propertyValue(RED, this, message, config.extension, config.extensionType);
			mustKnowSomething(pbx);
			if (isBoard && value === ALL) return pbx.heardOf(MONITOR).map((extension) => fromBoard(pbx, extension));
			const asked = readAsked(value);
			if (!Array.isArray(asked)) return stateOf(pbx, asked);
			const results: StatusResult[] = [];
			// One after the other, as the PBX takes them.
			for (const extension of asked) results.push(await stateOf(pbx, extension));
			return results;
		};

		this.on("input", (message, send, done) => {
			answer(message)
				.then((payload) => send(Object.assign(message, { payload })))
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
	RED.nodes.registerType("pbx-status", PbxStatus);
}

export = register;
