import { WebSocketServer } from "ws";

/** Characters of the longest frame that is taken. */
const LONGEST_FRAME = 1024 * 1024 - 64;
const EPOCH = 1_700_000_000;

/** Texts of the n-th ticket (or line), by what somebody tries. */
const KINDS: Readonly<Record<string, (n: number) => string>> = {
	"callers at 5,000 phones": (n) => `(info,270-6${10_000_000 + n}-${n % 5_000}-${EPOCH}.${n})`,
	"callers at one phone": (n) => `(info,270-6${10_000_000 + n}-11-${EPOCH}.${n})`,
	"callers without a transaction": (n) => `(CALL,6${10_000_000 + n})`,
	"callers that ring": (n) => `(info,270-Timbre-${n}-0)(info,270-6${10_000_000 + n}-${n}-${EPOCH}.${n})`,
	"callers that ring one phone": (n) => `(info,270-Timbre-11-0)(CALL,6${10_000_000 + n})`,
	"phones in one call": (n) => `(info,270-600123456-${n}-${EPOCH}.1)`,
	"phones and callers in one call": (n) => `(info,270-6${10_000_000 + n}-${n}-${EPOCH}.1)`,
	"phones that ring, by one caller": (n) => `(info,270-Timbre-${n}-0)(info,270-600123456-${n}-${EPOCH}.${n})`,
	"calls that nobody answers": (n) =>
		`(info,270-Timbre-${n % 5_000}-0)(info,270-6${10_000_000 + n}-${n % 5_000}-${EPOCH}.${n})(info,270-Libre-${n % 5_000}-0)`,
	"a caller who rings 100 phones in turn": (n) =>
		`(info,270-Timbre-${n % 100}-0)(info,270-600123456-${n % 100}-${EPOCH}.1)(info,270-Libre-${n % 100}-0)(info,270-terminada-${n % 100}-${EPOCH}.1)`,
	"phones off the hook": (n) => `(info,270-Libre-${n % 4_999}-0)(info,270-Ocupada-${n % 4_999}-0)`,
	"ends of unheard calls": (n) => `(info,270-terminada-${n % 5_000}-${EPOCH}.${n})`,
	"phones, told of twice": (n) => `(info,270-${n % 2 === 0 ? "Libre" : "Ocupada"}-${n >> 1}-0)`,
	"unknown words": (n) => `(info,270-palabra nueva ${n}-11-0)`,
	"words for progress": (n) => `(info,palabra nueva ${n})`,
	"PRO lines": (n) => `http://192.168.139.1/CRM/?id=${EPOCH}.${n}&numero=6${10_000_000 + n}\n`,
	rubbish: (n) => `(x)${n}(info,`,
	brackets: () => "(",
};

function filled(ticket: (n: number) => string, from: number, length: number): { text: string; next: number } {
	const parts: string[] = [];
	let [n, size] = [from, 0];
	for (;;) {
		const part = ticket(n);
		if (size + part.length > length) return { text: parts.join(""), next: n };
		parts.push(part);
		size += part.length;
		n++;
	}
}

/** One ticket as long as a frame, each kind once. */
function longTickets(): string[] {
	const long = (before: string, after: string, fill = "x") =>
		before + fill.repeat(Math.floor((LONGEST_FRAME - before.length - after.length) / fill.length)) + after;
	return [
		...["(CALL,", "(info,270-Timbre", "(info,", "(info,-", "(estado,11-", "(nuevo,"].map((tag) => long(tag, ")")),
		...[long("(CALL,", "x)", ")"), long("(CALL,", "\u2028)", ";"), long("(CALL,", ")", " "), long("(CALL,", "x)", '"')],
		...[long("(info,270-6", `-11-${EPOCH}.1)`, "0"), long("(info,270-600123456-11-", ".1)", "1")],
		...[long("", "", "x"), long("http://x/?", "", "a=%41&"), long("http://x/?", "", "%41"), long("https://", "/", "x")],
	];
}

/** What is tried. */
export const ATTACKS: Readonly<Record<string, (mib: number) => Iterable<string>>> = {
	...Object.fromEntries(
		Object.entries(KINDS).map(([name, ticket]) => [
			name,
			function* (mib: number) {
				let n = 0;
				for (let i = 0; i < mib; i++) {
					const { text, next } = filled(ticket, n, LONGEST_FRAME);
					n = next;
					yield text;
				}
			},
		]),
	),
	"tickets of 1 MiB": longTickets,
	"a short ticket in frames of 1 MiB": function* (mib: number) {
		for (let i = 0; i < mib; i++) {
			yield `(info,270-Ocupada palabra-${i}-0) (info,270-600123456000-${i}-${EPOCH}.${i}) (x,${"y".repeat(LONGEST_FRAME - 100)})`;
		}
	},
};

const ORDINARY_CALL =
	`(info,270-Timbre-1-0)(info,270-974319404-1-${EPOCH}.9)(info,270-Ocupada-1-0)` +
	`(info,270-terminada-1-${EPOCH}.9)(info,270-Ocupada-1-0)`;

/** A server that says one attack to whoever logs in, as fast as that one reads, and then a last word. */
export class HostileServer {
	readonly #server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
	readonly #frames: Iterable<string>;

	/** @param mib  how much is sent, in frames of 1 MiB */
	constructor(attack: string, mib: number) {
		const frames = ATTACKS[attack];
		if (!frames) throw new Error(`There is no attack ${attack}`);
		this.#frames = frames(mib);
		this.#server.on("connection", (socket) => {
			socket.send("(ID?,CONECTADO)");
			socket.once("message", async () => {
				// An ordinary call, as any Node-RED has heard before: what is compiled and loaded for it is not the attack's.
				socket.send(ORDINARY_CALL);
				await new Promise((resolve) => setTimeout(resolve, 500));
				socket.send("(info,270-Libre-1-0)");
				for (const frame of this.#frames) await new Promise((resolve) => socket.send(frame, resolve));
				socket.send("(info,-Livre)");
			});
		});
	}

	/** Where it listens, once it does. */
	async url(): Promise<string> {
		if (!this.#server.address()) await new Promise((resolve) => this.#server.once("listening", resolve));
		const address = this.#server.address();
		return `ws://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
	}

	close(): void {
		for (const client of this.#server.clients) client.terminate();
		this.#server.close();
	}
}
