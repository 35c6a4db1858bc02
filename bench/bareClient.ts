// The contestants `ws` and `ws+decode`: what a client costs that does nothing else.
import WebSocket from "ws";
import { frameText } from "../src/protocol/bytes";
import { decodeFrame } from "../src/protocol/decode";
import { Meter, sentAt } from "./stats";

const [url = "", mode = "ws", total = "0", perFrame = "1"] = process.argv.slice(2);
const meter = new Meter();
const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });
let isLoggedIn = false;

socket.on("message", (data) => {
	if (!isLoggedIn) {
		isLoggedIn = true;
		socket.send("227, 999");
		return;
	}
	const bytes = data as Buffer;
	if (mode === "ws") {
		// Frames are counted; one ticket of each tells the time.
		const text = bytes.toString("latin1");
		if (text.startsWith("(info,270-done")) return;
		const at = sentAt(text.slice(0, -1));
		for (let i = 0; i < Number(perFrame); i++) meter.hear(at);
	} else {
		for (const ticket of decodeFrame(frameText(bytes))) {
			if (ticket.kind === "monitor-state" && ticket.transaction !== null) meter.hear(sentAt(ticket.raw));
		}
	}
	if (meter.count >= Number(total)) process.send?.(meter.stats);
});
process.on("disconnect", () => process.exit(0));
