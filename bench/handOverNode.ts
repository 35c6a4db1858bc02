// The least that a node can do with a PBX: cut frames at the brackets and hand each ticket over, or have the node do so that
// is there for its extension. What a chain costs beyond this is the reading; what this costs is Node-RED and the socket.
import type { Node, NodeAPI, NodeDef } from "node-red";
import WebSocket from "ws";
import { LIMITS } from "../src/link/limits";
import { Slices } from "../src/link/slices";

interface HandOverOptions {
	/** The server, for the node that opens the connection; empty for the others. */
	readonly url: string;
	/** What the node is there for; empty for the one with the connection. */
	readonly extension: string;
}

function register(RED: NodeAPI): void {
	const nodes = new Map<string, Node>();

	function HandOver(this: Node, config: NodeDef & HandOverOptions): void {
		RED.nodes.createNode(this, config);
		if (config.extension !== "") {
			nodes.set(config.extension, this);
			return;
		}
		const socket = new WebSocket(config.url, { perMessageDeflate: false, skipUTF8Validation: true });
		let number = 0;
		const send = (raw: string) => {
			const transaction = raw.lastIndexOf("-");
			const extension = raw.slice(raw.lastIndexOf("-", transaction - 1) + 1, transaction);
			const node = nodes.get(extension) ?? this;
			node.send({ _msgid: String(++number), topic: "pbx", payload: { raw } });
		};
		const handOn = (frame: string) => {
			for (let from = frame.indexOf("("); from !== -1; ) {
				const end = frame.indexOf(")", from) + 1 || frame.length;
				const raw = frame.slice(from, end);
				if (raw.startsWith("(ID?")) socket.send("227, 999");
				else send(raw);
				from = frame.indexOf("(", end);
			}
		};
		const asOne = (text: string) => [{ text }];
		const slices = new Slices(LIMITS.sliceCharacters, socket, asOne, (pieces) => {
			for (const { text } of pieces) handOn(text);
		});
		socket.on("message", (data) => slices.push(String(data)));
		this.on("close", () => {
			slices.stop();
			socket.terminate();
		});
	}
	RED.nodes.registerType("bench-hand-over", HandOver);
}

export = register;
