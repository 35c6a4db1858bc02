import type { NodeAPI, NodeDef, NodeMessageInFlow } from "node-red";
import { Courier } from "../src/delivery/courier";
import type { Progress } from "../src/delivery/depot";
import type { Reply } from "../src/delivery/verdict";
import { PbxError } from "../src/errors";
import { DIRECTIONS, OUTCOMES, topicOf } from "../src/eventNames";
import { systemClock } from "../src/link/clock";
import type { CallRecord } from "../src/messages";
import { cloneEvent } from "../src/pbx/cloneEvent";
import { type CallFilter, extensionsOf, wantsCall } from "../src/pbx/listener";
import { MONITOR } from "../src/protocol/address";
import { QueueDepot } from "../src/store/queueDepot";
import { readExtensions } from "./shared/account";
import { chosen } from "./shared/chosen";
import { callLogOf, pbxOf, setUp } from "./shared/configNode";
import type { PbxLogNode } from "./shared/logNode";
import { LogStatus } from "./shared/logStatus";
import {
	DEFAULT_GIVE_UP,
	DEFAULT_LOG_TIMEOUT,
	DEFAULT_PARALLEL,
	LONGEST_GIVE_UP,
	MOST_PARALLEL,
	numberWithin,
	type PbxLogOptions,
	secondsOf,
} from "./shared/options";
import { forPeople } from "./shared/texts";
import { filledIn, filledInList, textOf } from "./shared/variables";

/** What a flow sends back: what became of a record, or what is to be tried again. */
interface LogMessage extends NodeMessageInFlow, Reply {
	readonly call?: unknown;
	/** As this node sent it. */
	readonly attempt?: unknown;
	/** `"all"`, or the key of one record. */
	readonly retry?: unknown;
}

/** The key of the record that a message is about; null where it says none. */
function keyOf({ call, payload }: LogMessage): string | null {
	for (const each of [call, payload]) {
		const { key } = Object(each) as { key?: unknown };
		if (typeof key === "string" && key !== "") return key;
	}
	return null;
}

function register(RED: NodeAPI): void {
	function PbxLog(this: PbxLogNode, config: NodeDef & PbxLogOptions): void {
		RED.nodes.createNode(this, config);
		const status = new LogStatus(this);
		const failed = (error: unknown) => this.error(forPeople(RED, error));

		const messageOf = (record: CallRecord, attempt: number) => ({
			topic: topicOf(record),
			payload: record,
			call: cloneEvent(record),
			attempt,
		});

		const started = setUp(RED, this, () => {
			const pbx = pbxOf(RED, config.pbx);
			const log = callLogOf(RED, config.pbx);
			const isMonitor = config.channel !== "extension";
			const extensions = readExtensions(filledInList(RED, this, config.extensions));
			if (!isMonitor && extensions.length === 0) throw new PbxError("no-extension", "No extension to listen to");
			const filter: CallFilter = {
				directions: chosen(config.directions, DIRECTIONS),
				outcomes: chosen<string>(config.outcomes, OUTCOMES),
			};
			const wanted = new Set<string>(extensions);
			const wants = (record: CallRecord) =>
				wantsCall(filter, record) && (wanted.size === 0 || extensionsOf(record).some((each) => wanted.has(each)));
			const parallel = Math.round(numberWithin(config.parallel, DEFAULT_PARALLEL, 1, MOST_PARALLEL));
			const giveUp = numberWithin(config.giveUp, DEFAULT_GIVE_UP, 0, LONGEST_GIVE_UP);
			const queue = { tenant: pbx.tenant, queue: filledIn(RED, this, textOf(config.queue)) || this.id };
			const courier = new Courier(
				new QueueDepot(log, queue, config.fromStart === true, systemClock),
				{
					...{ timeout: secondsOf(config.timeout, DEFAULT_LOG_TIMEOUT) * 1000, parallel },
					...{ giveUpAfter: giveUp * 3_600_000, wants },
				},
				{
					send: ({ record, attempt }) => this.send([messageOf(record, attempt), null]),
					gaveUp: ({ record, attempt }, reason) => this.send([null, { ...messageOf(record, attempt), reason }]),
					progress: (progress: Progress) => status.progress(progress),
					failed,
				},
				systemClock,
				Math.random,
			);
			const unwatch = log.store.watch((state) => status.store(state));
			// What it hands over has to be heard.
			const connections = isMonitor ? [MONITOR] : extensions;
			const watch = (extension: string) => status.watch(extension);
			const subscription = pbx.subscribe({ id: this.id, connections, listener: null, followsCalls: true, watch });
			return { courier, unwatch, subscription, queue, log };
		});
		this.delivery = started;

		const take = async (message: LogMessage): Promise<void> => {
			if (!started) throw new PbxError("closed", "The node could not start");
			const { retry } = message;
			if (typeof retry === "string" && retry !== "") {
				await started.courier.retry(retry === "all" ? null : retry);
				return;
			}
			const key = keyOf(message);
			if (key === null)
				throw new PbxError("no-record", "The message has no call: msg.call, or msg.payload, must be the record");
			const attempt = typeof message.attempt === "number" ? message.attempt : null;
			await started.courier.answered(key, message, attempt);
		};
		this.on("input", (message, _send, done) => {
			take(message as LogMessage).then(
				() => done(),
				(error: unknown) => done(forPeople(RED, error)),
			);
		});
		this.on("close", (removed: boolean, done: () => void) => {
			status.close();
			started?.unwatch();
			started?.courier.close();
			void Promise.resolve(started?.subscription.close(removed)).finally(done);
		});
	}
	RED.nodes.registerType("pbx-log", PbxLog);
}

export = register;
