import type { NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import { countQueue, type Undelivered, undelivered } from "../../src/store/backlog";
import type { PbxLogNode } from "../shared/logNode";
import { forPeople } from "../shared/texts";
import { partyOf } from "./account";
import type { DeliveryCommand, LiveDelivery, LiveQueue } from "./contract";

/** Records of each kind that are listed of a queue; the counts say how many there are. */
export const MOST_RECORDS = 25;
/** Milliseconds for which what was read counts. */
const FRESH_MS = 2_000;

/** How a queue is, and what it has not delivered. */
export interface QueueView {
	readonly queue: Omit<LiveQueue, "key" | "name">;
	readonly deliveries: readonly LiveDelivery[];
}

const UNREAD: QueueView = { queue: { waiting: 0, givenUp: 0, oldest: null, fault: null }, deliveries: [] };

function liveDelivery(id: string, { record, state, reason, attempt, dueAt }: Undelivered): LiveDelivery {
	const { key, extension, outcome } = record;
	return {
		...{ key: `${id} ${key}`, queue: id, record: key, at: record.startedAt ?? record.at, extension, outcome },
		...{ ...partyOf(record), state, reason, attempt, dueAt },
	};
}

interface Known {
	readonly node: PbxLogNode;
	readAt: number;
	view: QueueView;
	reading: Promise<void> | null;
}

/** What the call logs of `pbx-log` nodes hold, read at most every two seconds, whoever looks: nobody waits for a database. */
export class QueueViews {
	readonly #RED: NodeAPI;
	readonly #known = new WeakMap<PbxLogNode, Known>();

	constructor(RED: NodeAPI) {
		this.#RED = RED;
	}

	/** What was read last of a queue; that is read anew by the next time where it is old. */
	of(node: PbxLogNode): QueueView {
		const known = this.#known.get(node) ?? { node, readAt: Number.NEGATIVE_INFINITY, view: UNREAD, reading: null };
		this.#known.set(node, known);
		if (performance.now() - known.readAt >= FRESH_MS) known.reading ??= this.#read(known);
		return known.view;
	}

	/**
	 * Tries again, or gives up, what a queue has not delivered; gives how many records that were.
	 *
	 * @throws PbxError where the node could not start, or its call log is away
	 */
	async run(node: PbxLogNode, command: DeliveryCommand): Promise<number> {
		if (!node.delivery) throw new PbxError("closed", "The node could not start");
		const { courier } = node.delivery;
		const { action, record } = command;
		const count = action === "retry" ? await courier.retry(record) : Number(await courier.giveUp(record));
		const known = this.#known.get(node);
		if (known) known.readAt = Number.NEGATIVE_INFINITY;
		return count;
	}

	async #read(known: Known): Promise<void> {
		known.readAt = performance.now();
		try {
			known.view = await this.#view(known.node);
		} catch (error) {
			known.view = { ...known.view, queue: { ...known.view.queue, fault: forPeople(this.#RED, error).message } };
		} finally {
			known.reading = null;
		}
	}

	async #view({ id, delivery }: PbxLogNode): Promise<QueueView> {
		if (!delivery) return UNREAD;
		const { log, queue } = delivery;
		const counts = await log.store.read((db) => countQueue(db, queue));
		const rows = await log.store.read((db) => undelivered(db, queue, MOST_RECORDS));
		const { waiting, givenUp, oldest } = counts;
		return { queue: { waiting, givenUp, oldest, fault: null }, deliveries: rows.map((row) => liveDelivery(id, row)) };
	}
}

/** What the browser sent, where it is a command; else null. */
export function readDeliveryCommand(body: unknown): DeliveryCommand | null {
	const { action, record = null } = Object(body) as { action?: unknown; record?: unknown };
	const isRecord = typeof record === "string" && record !== "" && record.length <= 300;
	if (action === "retry" && (record === null || isRecord)) return { action, record };
	return action === "give-up" && isRecord ? { action, record } : null;
}
