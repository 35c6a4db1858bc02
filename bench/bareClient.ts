// The contestants `ws` and `ws+decode`: what a client costs that does nothing else.
import WebSocket from "ws";
import { decodeFrame } from "../src/protocol/decode";
import { frameText } from "../src/protocol/frameText";
import { type Amount, Meter, sentAt } from "./stats";

/** What to do. */
export interface BareOptions extends Amount {
	readonly url: string;
	readonly decode: boolean;
	readonly perFrame: number;
}

const options = JSON.parse(process.argv[2] ?? "{}") as BareOptions;
const meter = new Meter(options);
const socket = new WebSocket(options.url, { perMessageDeflate: false, skipUTF8Validation: true });
let isLoggedIn = false;

function hear(text: () => string): void {
	const progress = meter.hear(meter.wantsAge ? sentAt(text()) : null);
	if (progress) process.send?.(progress);
}

socket.on("message", (data) => {
	if (!isLoggedIn) {
		isLoggedIn = true;
		socket.send("227, 999");
		return;
	}
	const bytes = data as Buffer;
	if (options.decode) {
		for (const ticket of decodeFrame(frameText(bytes))) {
			if (ticket.kind === "monitor-state") hear(() => ticket.raw);
		}
	} else {
		// Frames are counted; the last ticket of each tells the time.
		for (let i = 0; i < options.perFrame; i++) hear(() => bytes.toString("latin1"));
	}
});
socket.on("error", (error) => {
	throw error;
});
process.on("disconnect", () => process.exit(0));
