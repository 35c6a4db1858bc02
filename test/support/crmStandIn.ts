import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallRecord, PbxEvent } from "../../src/messages";

/** How a stand-in for a CRM behaves for now. */
export type Mood = "well" | "down" | "failing" | "limiting" | "deaf" | "refusing";

/** A CRM that keeps each call once, by its key, and has bad days. */
export class CrmStandIn {
	mood: Mood = "well";
	/** Requests that it kept something of, whatever it answered. */
	kept = 0;
	readonly records = new Map<string, CallRecord>();
	/** What a flow told of besides. */
	readonly events: PbxEvent[] = [];
	readonly #server: Server;

	private constructor(server: Server) {
		this.#server = server;
	}

	static async start(): Promise<CrmStandIn> {
		const server = createServer();
		const crm = new CrmStandIn(server);
		server.on("request", (request, response) => {
			let body = "";
			request.setEncoding("utf8");
			request.on("data", (text) => {
				body += text;
			});
			request.on("end", () => {
				const status = crm.#take(String(request.url), body);
				if (status === 0) response.destroy();
				else response.writeHead(status, { "content-type": "application/json", "retry-after": "1" }).end("{}");
			});
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		return crm;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** What an answer is worth; 0 for none. */
	#take(path: string, body: string): number {
		if (path === "/events") {
			this.events.push(JSON.parse(body));
			return 200;
		}
		if (this.mood === "down") return 0;
		if (this.mood === "failing") return 500;
		if (this.mood === "limiting") return 429;
		if (this.mood === "refusing") return 422;
		const record = JSON.parse(body) as CallRecord;
		this.kept++;
		this.records.set(record.key, record);
		// It has it, and nobody is told.
		return this.mood === "deaf" ? 0 : 201;
	}

	stop(): Promise<void> {
		this.#server.closeAllConnections();
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}
}

/** Nodes of a flow that hands each record over to a CRM, and tells it of the rest. */
export function deliveryFlow(pbx: object, crm: string, over: object = {}): object[] {
	const node = (id: string, type: string, wires: string[][], own: object = {}) => ({
		...{ id, type, z: "tab", x: 100, y: 100, name: "", wires, pbx: "pbx" },
		...own,
	});
	const request = { method: "POST", ret: "obj", paytoqs: "ignore", tls: "", senderr: false, headers: [] };
	const log = { channel: "monitor", extensions: "", directions: [], outcomes: [], queue: "crm", timeout: 5 };
	return [
		{ id: "tab", type: "tab", label: "Delivery" },
		{
			...{ id: "pbx", type: "pbx-config", name: "", tenant: "227", tls: "", country: "ES", activations: [] },
			...{ groups: true, plus: "+", prefix: "", language: "es", timeZone: "Europe/Madrid", people: [], settle: 0 },
			...{ dialAllowed: "", dialPerExtension: 0, dialInAll: 0, dialRepeat: 0, dryRun: false, keepDays: 365 },
			...{ store: "file", storeFile: "", storeUrl: "", standby: false, version: 3, ...pbx },
		},
		node("log", "pbx-log", [["post"], ["gone"]], { ...log, parallel: 2, giveUp: 72, fromStart: false, ...over }),
		node("post", "http request", [["log"]], { ...request, url: `${crm}/calls` }),
		node("gone", "debug", [], { complete: "payload", tosidebar: true, targetType: "msg" }),
		node("in", "pbx-in", [["tell"]], {
			...{ channel: "monitor", extensions: "", directions: [], outcomes: [], urlHosts: "", split: false, outputs: 1 },
			events: ["call.ringing", "call.answered", "call.ended", "call.record", "link.gap", "link.state"],
		}),
		node("tell", "http request", [[]], { ...request, url: `${crm}/events` }),
	];
}
