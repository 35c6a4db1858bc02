// The least that a node can do with a PBX: cut frames at the brackets and hand each ticket over. What a chain costs beyond
// this is the reading; what this costs is Node-RED and the socket.
import type { Node, NodeAPI, NodeDef } from "node-red";
import WebSocket from "ws";
import { LIMITS } from "../src/link/limits";
import { Slices } from "../src/link/slices";

function register(RED: NodeAPI): void {
	function HandOver(this: Node, config: NodeDef & { readonly url: string }): void {
		RED.nodes.createNode(this, config);
		const socket = new WebSocket(config.url, { perMessageDeflate: false, skipUTF8Validation: true });
		let number = 0;
		const slices = new Slices(LIMITS.sliceCharacters, socket, (frame) => {
			for (let from = frame.indexOf("("); from !== -1; ) {
				const end = frame.indexOf(")", from) + 1 || frame.length;
				const raw = frame.slice(from, end);
				if (raw.startsWith("(ID?")) socket.send("227, 999");
				else this.send({ _msgid: String(++number), topic: "pbx", payload: { raw } });
				from = frame.indexOf("(", end);
			}
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
