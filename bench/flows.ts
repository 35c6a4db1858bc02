import { EVENT_NAMES } from "../src/eventNames";
import type { Amount } from "./stats";

/**
 * Who is measured: the limit, the limit with our codec, Node-RED's own limit, what a user would take instead, and this
 * package with all its events, calls followed, and with the states of phones only.
 */
export const CONTESTANTS = ["ws", "ws+decode", "hand-over", "core", "pbx-in", "pbx-in tickets"] as const;

/** One of those, or this package with all its events and a call log in a file. */
export type Contestant = (typeof CONTESTANTS)[number] | "pbx-in logged";

/** Those that are a flow. */
export type FlowContestant = Exclude<Contestant, "ws" | "ws+decode">;

/** What stands behind the first node of a flow. */
export interface Downstream extends Amount {
	/** How many nodes pass on one extension each, counted from 2000; 0 where all is heard. */
	readonly filters?: number;
	/** Microseconds that the consumer takes for each message. */
	readonly slow?: number;
}

/** Logs in and decodes tickets as a competent user would who knows the vendor's document. */
const CORE_FUNCTION = `
if (msg.payload.startsWith("(ID?")) return [{ payload: "227, 999" }, null];
const states = { timbre: "ringing", ocupado: "busy", ocupada: "busy", libre: "idle", livre: "idle" };
const messages = [];
for (const [, pbx, word, extension, transaction] of msg.payload.matchAll(/\\(info,(\\d+)-(.*?)-(\\d+)-([\\d.]+)\\)/gi)) {
	const state = states[word.toLowerCase()];
	if (state) messages.push({ topic: "pbx/" + extension, payload: { pbx, extension, state, transaction } });
}
return [null, messages];
`;

function node(over: object): object {
	return { z: "tab", x: 1, y: 1, wires: [], ...over };
}

function coreFlow(url: string, extensions: readonly string[]): object[] {
	const client = { id: "client", type: "websocket-client", path: url, tls: "", wholemsg: "false", hb: "0" };
	return [
		{ ...client, subprotocol: "", headers: [] },
		node({ id: "in", type: "websocket in", server: "", client: "client", wires: [["decode"]] }),
		node({
			id: "decode",
			type: "function",
			func: CORE_FUNCTION,
			outputs: 2,
			wires: [["out"], extensions.length > 0 ? extensions.map((extension) => `switch-${extension}`) : ["counter"]],
		}),
		node({ id: "out", type: "websocket out", server: "", client: "client" }),
		...extensions.map((extension) =>
			node({
				id: `switch-${extension}`,
				type: "switch",
				property: "payload.extension",
				propertyType: "msg",
				rules: [{ t: "eq", v: extension, vt: "str" }],
				checkall: "true",
				repair: false,
				outputs: 1,
				wires: [["counter"]],
			}),
		),
	];
}

function packageFlow(url: string, events: readonly string[], extensions: readonly string[], store = "none"): object[] {
	const filters = extensions.length > 0 ? extensions : [""];
	const account = { type: "pbx-config", name: "", url, tenant: "227", tls: "", country: "ES", activations: [], store };
	return [
		{ id: "pbx", ...account },
		...filters.map((filter, i) =>
			node({
				...{ id: `in-${i}`, type: "pbx-in", pbx: "pbx", channel: "monitor", split: false, wires: [["counter"]] },
				...{ extensions: filter, events },
			}),
		),
	];
}

const HEADS: Readonly<Record<FlowContestant, (url: string, extensions: readonly string[]) => object[]>> = {
	"hand-over": (url, extensions) => {
		const each = { type: "bench-hand-over", wires: [["counter"]] };
		return [
			node({ ...each, id: "in", url, extension: "" }),
			...extensions.map((extension) => node({ ...each, id: `in-${extension}`, url: "", extension })),
		];
	},
	core: coreFlow,
	"pbx-in": (url, extensions) => packageFlow(url, EVENT_NAMES, extensions),
	"pbx-in logged": (url, extensions) => packageFlow(url, EVENT_NAMES, extensions, "file"),
	"pbx-in tickets": (url, extensions) => packageFlow(url, ["extension.state"], extensions),
};

/** The flow of a contestant, ending in a `bench-counter`. */
export function flowOf(contestant: FlowContestant, url: string, downstream: Downstream): object[] {
	const { warm, total, filters = 0, slow = 0 } = downstream;
	const extensions = Array.from({ length: filters }, (_, i) => String(2_000 + i));
	return [
		{ id: "tab", type: "tab", label: "bench" },
		...HEADS[contestant](url, extensions),
		node({ id: "counter", type: "bench-counter", warm, total, slow }),
	];
}
