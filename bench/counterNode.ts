// A node that counts what reaches it, for `GET /bench`: the same at the end of every chain that is measured.
import type { Node, NodeAPI } from "node-red";
import { Meter, sentAt } from "./stats";

function register(RED: NodeAPI): void {
	let meter = new Meter();
	function BenchCounter(this: Node): void {
		RED.nodes.createNode(this, { id: "counter", type: "bench-counter", name: "", z: "" });
		this.on("input", (message) => {
			const { raw, transaction } = message.payload as { raw?: string; transaction?: string };
			const at = transaction === undefined ? sentAt(raw ?? "") : Number.parseInt(transaction, 10);
			if (at > 0) meter.hear(at);
		});
	}
	RED.nodes.registerType("bench-counter", BenchCounter);
	RED.httpAdmin.get("/bench", (_request, response) => {
		response.json(meter.stats);
	});
	RED.httpAdmin.post("/bench", (_request, response) => {
		meter = new Meter();
		response.sendStatus(204);
	});
}

export = register;
