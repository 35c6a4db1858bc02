import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PbxConfigNode } from "../../nodes/shared/configNode";
import type { Backlog } from "../../src/delivery/depot";
import type { CallRecord } from "../../src/messages";
import { countQueue } from "../../src/store/backlog";
import type { CallLog } from "../../src/store/callLog";
import { putRecord } from "../../src/store/records";
import { eventually } from "./eventually";
import { FlowFixture, type FlowNode, pbxConfig } from "./flowFixture";

/** A flow around one node that uses a call log: it, what it sends, and what the `catch` and `complete` nodes see of it. */
export class LogFlow extends FlowFixture {
	readonly folder = mkdtempSync(join(tmpdir(), "log-flow-"));

	get file(): string {
		return join(this.folder, "calls.db");
	}

	/** The nodes of such a flow. */
	around(node: FlowNode, url: string, config: object = {}): FlowNode[] {
		return [
			pbxConfig(url, { store: "file", storeFile: this.file, settle: 0, timeZone: "Europe/Madrid", ...config }),
			{ wires: [["first"], ["second"]], ...node },
			...["first", "second", "caught", "completed"].map((id) => ({ id, type: "helper" })),
			{ id: "catch", type: "catch", scope: [node.id], uncaught: false, wires: [["caught"]] },
			{ id: "complete", type: "complete", scope: [node.id], uncaught: false, wires: [["completed"]] },
		];
	}

	get log(): CallLog {
		const { account } = this.node("pbx") as unknown as PbxConfigNode;
		assert.ok("callLog" in account && account.callLog);
		return account.callLog;
	}

	/** Puts records into the log, as an account does. */
	async put(...records: CallRecord[]): Promise<void> {
		const now = Date.now();
		await this.log.store.write(async (db) => {
			for (const record of records) await putRecord(db, record, now, now);
		});
		for (const { tenant } of records) this.log.hasRecorded(tenant);
	}

	counts(queue = "log", tenant = "227"): Promise<Backlog> {
		return this.log.store.read((db) => countQueue(db, { tenant, queue }));
	}

	/** Waits until so many are left. */
	hasLeft(waiting: number, givenUp = 0, queue = "log"): Promise<void> {
		return eventually(async () => {
			const { waiting: isWaiting, givenUp: isGivenUp } = await this.counts(queue);
			assert.deepEqual([isWaiting, isGivenUp], [waiting, givenUp]);
		});
	}

	/** Waits until each of so many messages was answered for, once: through the `complete` node, or the `catch` node. */
	async isDone(messages: number): Promise<void> {
		const done = () => this.received("completed").length + this.received("caught").length;
		await eventually(() => assert.equal(done(), messages));
		await new Promise((resolve) => setTimeout(resolve, 20));
		assert.equal(done(), messages);
	}

	override async stop(): Promise<void> {
		await super.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
