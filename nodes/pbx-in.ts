import { randomBytes } from "node:crypto";
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from "node-red";
import { PbxError } from "../src/errors";
import { CALL_EVENTS, DIRECTIONS, type EventName, OUTCOMES, STATE_EVENTS, topicOf } from "../src/eventNames";
import type { CallEvent, Direction, PbxEvent } from "../src/messages";
import { allowedUrl, isHost } from "../src/pbx/allowedUrl";
import { cloneEvent } from "../src/pbx/cloneEvent";
import { type CallFilter, type Listener, wantsCall } from "../src/pbx/listener";
import { MONITOR } from "../src/protocol/address";
import { readExtensions } from "./shared/account";
import { CallActivity } from "./shared/activity";
import { chosen } from "./shared/chosen";
import { pbxOf, setUp } from "./shared/configNode";
import { destinationsOf } from "./shared/destinations";
import { eventOutputs, type OutputEvents } from "./shared/eventOutputs";
import { type PbxInOptions, splitList } from "./shared/options";
import { LinkStatus } from "./shared/status";
import { filledInList } from "./shared/variables";

/** What is sent. */
/** What an `mqtt out` keeps for those who come later is marked so. */
type EventMessage = NodeMessageInFlow & { url?: string; call?: CallEvent; retain?: true };

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
interface Sending extends CallFilter, Pick<Listener, "extensions"> {
	/** What leaves by each output, in their order, where each event has one. */
	readonly outputs: readonly OutputEvents[];
	/** Whether each event has an output of its own. */
	readonly split: boolean;
	/** Where `msg.url` may lead. */
	readonly hosts: readonly string[];
	/** Hears of the calls, to show them. */
	readonly onCall: (event: CallEvent) => void;
}

/**
 * Makes messages of what a node hears. All it needs stands in one object: where each of a thousand nodes hears one
 * extension, fetching what a ticket needs from memory takes longer than the work itself.
 */
class EventSender implements Listener {
	readonly events: Listener["events"];
	readonly extensions: Listener["extensions"];
	readonly directions: Listener["directions"] = new Set();
	readonly outcomes: Listener["outcomes"] = new Set();
	readonly #sending: CallFilter;
	readonly #chosen: ReadonlySet<EventName>;
	readonly #node: Node;
	readonly #outputs: readonly OutputEvents[];
	readonly #split: boolean;
	readonly #hosts: readonly string[];
	readonly #onCall: (event: CallEvent) => void;

	constructor(node: Node, sending: Sending) {
		const { outputs, split, hosts, onCall, extensions } = sending;
		const chosen = outputs.flat();
		// The status tells of calls that go on, whichever of their events are sent.
		const shown = chosen.some((name) => CALL_EVENTS.includes(name)) ? CALL_EVENTS : [];
		this.events = new Set([...chosen, ...shown]);
		this.extensions = extensions;
		this.#sending = sending;
		this.#chosen = new Set(chosen);
		this.#node = node;
		this.#outputs = outputs;
		this.#split = split;
		this.#hosts = hosts;
		this.#onCall = onCall;
	}

	event(event: PbxEvent): void {
		const isCall = "callId" in event;
		if (isCall) {
			this.#onCall(event);
			if (!this.#chosen.has(event.event) || !wantsCall(this.#sending, event)) return;
		}
		const message: EventMessage = { _msgid: nextId(), topic: topicOf(event), payload: event };
		if (isCall) message.call = cloneEvent(event);
		else if (event.event === "web.command") {
			const url = allowedUrl(event.url, this.#hosts);
			if (url !== null) message.url = url;
		} else if (STATE_EVENTS.includes(event.event)) message.retain = true;
		if (!this.#split) this.#node.send(message);
		else this.#node.send(this.#outputs.map((names) => (names.includes(event.event) ? message : null)));
	}
}

function register(RED: NodeAPI): void {
	function PbxIn(this: Node, config: NodeDef & PbxInOptions): void {
		RED.nodes.createNode(this, config);
		const activity = new CallActivity();
		const status = new LinkStatus(this, () => activity.status);
		const outputs = eventOutputs(config.events);
		const sending = {
			outputs,
			split: config.split,
			directions: chosen<Direction>(config.directions, DIRECTIONS),
			outcomes: chosen<string>(config.outcomes, OUTCOMES),
			hosts: splitList(config.urlHosts ?? "").filter(isHost),
			onCall: (event: CallEvent) => {
				activity.notice(event);
				status.show();
			},
		};
		let unwatch = () => {};
		const subscription = setUp(RED, this, () => {
			const pbx = pbxOf(RED, config.pbx);
			const extensions = readExtensions(filledInList(RED, this, config.extensions));
			const isMonitor = config.channel === "monitor";
			if (!isMonitor && extensions.length === 0) {
				throw new PbxError("no-extension", "The node listens to no extension");
			}
			const filter = extensions.length > 0 ? new Set<string>(extensions) : null;
			const channels: readonly string[] = isMonitor ? [MONITOR] : extensions;
			unwatch = pbx.unknownWords.watch(({ word }, channel) => {
				if (!channels.includes(channel)) return;
				activity.heard(word);
				status.show();
			});
			return pbx.subscribe({
				id: this.id,
				connections: isMonitor ? [MONITOR] : extensions,
				listener: new EventSender(this, { ...sending, extensions: filter }),
				watch: (extension) => status.watch(extension),
			});
		});

		this.on("close", (removed: boolean, done: () => void) => {
			unwatch();
			status.close();
			void Promise.resolve(subscription?.close(removed, destinationsOf(RED, this))).finally(done);
		});
	}
	RED.nodes.registerType("pbx-in", PbxIn);
}

export = register;
