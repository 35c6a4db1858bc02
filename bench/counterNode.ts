// A node that counts what reaches it and prints what that cost: the same at the end of every chain that is measured.
import type { Node, NodeAPI, NodeDef } from "node-red";
import { type Amount, burn, Meter, sentAt } from "./stats";

function register(RED: NodeAPI): void {
	/** `slow`: microseconds that it takes for each message. */
	function BenchCounter(this: Node, config: NodeDef & Amount & { readonly slow: number }): void {
		RED.nodes.createNode(this, config);
		const meter = new Meter(config);
		this.on("input", (message) => {
			if (config.slow > 0) burn(config.slow);
			const { raw, transaction = raw } = message.payload as { raw?: string | null; transaction?: string };
			if (typeof transaction !== "string") return;
			const progress = meter.hear(meter.wantsAge ? sentAt(transaction) : null);
			if (progress) process.stdout.write(`\nbench ${JSON.stringify(progress)}\n`);
		});
	}
	RED.nodes.registerType("bench-counter", BenchCounter);
}

export = register;
