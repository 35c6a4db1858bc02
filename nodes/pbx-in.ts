import { randomBytes } from "node:crypto";
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from "node-red";
import { PbxError } from "../src/errors";
import { EVENT_FAMILIES, type EventFamily, familyOf, topicOf } from "../src/families";
import type { CallEvent, PbxEvent } from "../src/messages";
import { allowedUrl, isHost } from "../src/pbx/allowedUrl";
import type { Listener } from "../src/pbx/channel";
import { MONITOR } from "../src/protocol/address";
import { readExtensions } from "./shared/account";
import { CallActivity } from "./shared/activity";
import { pbxOf, setUp } from "./shared/configNode";
import { type PbxInOptions, splitList } from "./shared/options";
import { LinkStatus } from "./shared/status";

/** What is sent. */
type EventMessage = NodeMessageInFlow & { url?: string };

// Node-RED makes an id for each message that has none, of random bytes: that costs as much as the rest of it.
const idPrefix = randomBytes(4).toString("hex");
/** The first number with eight hexadecimal digits, and the one behind the last. */
const [FIRST_ID, END_OF_IDS] = [0x1000_0000, 0x1_0000_0000];
let nextNumber = FIRST_ID;

/** A message's id, of the form that Node-RED gives. */
function nextId(): string {
	const id = idPrefix + nextNumber.toString(16);
	nextNumber = nextNumber + 1 < END_OF_IDS ? nextNumber + 1 : FIRST_ID;
	return id;
}

/** How a node sends. */
interface Sending {
	/** In the order of the outputs. */
	readonly families: readonly EventFamily[];
	/** Whether each family has an output of its own. */
	readonly split: boolean;
	/** Where `msg.url` may lead. */
	readonly hosts: readonly string[];
	/** Hears of the calls, to show them. */
	readonly onCall: (event: CallEvent) => void;
}

/**
 * Makes messages of what one place at a connection hears. All it needs stands in one object: where each of a thousand nodes
 * hears one extension, fetching what a ticket needs from memory takes longer than the work itself.
 */
class EventSender implements Listener {
	readonly families: ReadonlySet<EventFamily>;
	readonly extensions: Listener["extensions"];
	readonly #node: Node;
	readonly #outputs: readonly EventFamily[];
	readonly #split: boolean;
	readonly #hosts: readonly string[];
	readonly #onCall: (event: CallEvent) => void;

	constructor(node: Node, { families, split, hosts, onCall }: Sending, extensions: Listener["extensions"]) {
		this.families = new Set(families);
		this.extensions = extensions;
		this.#node = node;
		this.#outputs = families;
		this.#split = split;
		this.#hosts = hosts;
		this.#onCall = onCall;
	}

	event(event: PbxEvent): void {
		if ("callId" in event) this.#onCall(event);
		const url = event.event === "web.command" ? allowedUrl(event.url, this.#hosts) : null;
		const message: EventMessage = { _msgid: nextId(), topic: topicOf(event), payload: event };
		if (url !== null) message.url = url;
		if (!this.#split) this.#node.send(message);
		else this.#node.send(this.#outputs.map((family) => (family === familyOf(event) ? message : null)));
	}
}

function register(RED: NodeAPI): void {
	function PbxIn(this: Node, config: NodeDef & PbxInOptions): void {
		RED.nodes.createNode(this, config);
		// A flow written by hand may lack it: then everything is told. What it names beside the families is nothing.
		const wanted = new Set<string>(Array.isArray(config.events) ? config.events : EVENT_FAMILIES);
		const activity = new CallActivity(RED);
		const status = new LinkStatus(RED, this, () => activity.status);
		const sending: Sending = {
			families: EVENT_FAMILIES.filter((family) => wanted.has(family)),
			split: config.split,
			hosts: splitList(config.urlHosts ?? "").filter(isHost),
			onCall: (event) => {
				activity.notice(event);
				status.show();
			},
		};
		const seats = setUp(RED, this, () => {
			const pbx = pbxOf(RED, config.pbx);
			const extensions = readExtensions(config.extensions);
			const listen = (filter: Listener["extensions"]) => new EventSender(this, sending, filter);
			if (config.channel === "monitor") {
				const filter = extensions.length > 0 ? new Set<string>(extensions) : null;
				return [pbx.join(MONITOR, status.watch(MONITOR), listen(filter))];
			}
			if (extensions.length === 0) throw new PbxError("no-extension", "The node listens to no extension");
			return extensions.map((extension) => pbx.join(extension, status.watch(extension), listen(null)));
		});

		this.on("close", (done: () => void) => {
			status.close();
			void Promise.all((seats ?? []).map((seat) => seat.leave())).finally(done);
		});
	}
	RED.nodes.registerType("pbx-in", PbxIn);
}

export = register;
