import { createServer, type Server } from "node:net";

/** A mail server that takes everything and keeps it. */
export class SmtpSink {
	/** What came, headers and body, as it was sent. */
	readonly mails: string[] = [];
	readonly #server: Server;

	constructor() {
		this.#server = createServer((socket) => {
			let text = "";
			let isData = false;
			const answer = (line: string) => socket.write(`${line}\r\n`);
			socket.on("error", () => {});
			answer("220 sink");
			socket.on("data", (data) => {
				text += data;
				for (;;) {
					const end = text.indexOf(isData ? "\r\n.\r\n" : "\r\n");
					if (end === -1) return;
					const piece = text.slice(0, end);
					text = text.slice(end + (isData ? 5 : 2));
					if (isData) this.mails.push(piece);
					const asks = !isData && /^DATA/i.test(piece);
					isData = asks;
					answer(asks ? "354 go on" : /^QUIT/i.test(piece) ? "221 bye" : "250 ok");
				}
			});
		});
	}

	/** Listens on loopback; gives the port. */
	listen(): Promise<number> {
		return new Promise((resolve) => {
			this.#server.listen(0, "127.0.0.1", () => {
				const address = this.#server.address();
				resolve(typeof address === "object" && address ? address.port : 0);
			});
		});
	}

	close(): void {
		this.#server.close();
	}
}

/** A node `e-mail` that sends to it. */
export function toSink(port: number): object {
	return { d: false, server: "127.0.0.1", port: String(port), authtype: "NONE", secure: false, tls: false };
}
