import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallRecord } from "../../src/messages";

/** What a CRM is asked, behind its own part of the path. */
export interface CrmRequest {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: unknown;
}

export interface CrmAnswer {
	readonly status: number;
	readonly body?: unknown;
	/** What it has kept, if it is a request that keeps something. */
	readonly kept?: Kept;
}

/** A call that a CRM has. */
export interface Kept {
	/** What the CRM knows it by: two of the same are one where it can upsert. */
	readonly id: string;
	readonly body: unknown;
	readonly path: string;
}

/** A CRM, as its documentation says that it is. */
export interface CrmApi {
	/** Answers, and throws where the request is not what the documentation says. `kept` is what it has. */
	readonly answer: (request: CrmRequest, kept: readonly Kept[]) => CrmAnswer;
	/** A refusal that is not said by the status; null where the CRM has none. */
	readonly softRefusal: CrmAnswer | null;
	/** Where it gives tokens away; null where they are good for ever. */
	readonly tokenPath: string | null;
	/** Whether the same id a second time is the same call. */
	readonly upserts: boolean;
	/** How it says that there were too many requests. */
	readonly limit?: CrmAnswer;
}

/** How the CRMs behave for now; `deaf` keeps what it is sent, and its answer is lost. */
export type CrmMood = "well" | "429" | "500" | "deaf" | "refusing" | "soft refusing";

/** Many CRMs on one socket, each below a path of its own. */
export class CrmServer {
	mood: CrmMood = "well";
	readonly kept = new Map<string, Kept[]>();
	/** Requests that were not what the documentation says. */
	readonly faults: string[] = [];
	/** Requests by CRM, and those that were to keep something. */
	readonly asked = new Map<string, number>();
	readonly writes = new Map<string, number>();
	/** What the PBX's record was, in the order in which they came. */
	readonly records: CallRecord[] = [];
	#tokens = 0;
	#firstGoodToken = 1;
	readonly #apis: Readonly<Record<string, CrmApi>>;
	readonly #server: Server;

	private constructor(server: Server, apis: Readonly<Record<string, CrmApi>>) {
		this.#server = server;
		this.#apis = apis;
		for (const name of Object.keys(apis)) this.kept.set(name, []);
	}

	static async start(apis: Readonly<Record<string, CrmApi>>): Promise<CrmServer> {
		const server = createServer();
		const crms = new CrmServer(server, apis);
		server.on("request", async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const answer = crms.#take(
				String(request.method),
				String(request.url),
				request.headers,
				Buffer.concat(chunks).toString(),
			);
			if (answer === null) response.destroy();
			else {
				const type = { "content-type": "application/json" };
				response.writeHead(answer.status, { ...type, ...(answer.status === 429 && { "retry-after": "1" }) });
				response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
			}
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		return crms;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	/** All tokens that were given away are good for nothing any more. */
	endTokens(): void {
		this.#firstGoodToken = this.#tokens + 1;
	}

	stop(): Promise<void> {
		this.#server.closeAllConnections();
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}

	/** Null for no answer. */
	#take(method: string, url: string, headers: IncomingHttpHeaders, text: string): CrmAnswer | null {
		const { pathname, searchParams: query } = new URL(url, "http://crm.invalid");
		if (pathname === "/records") {
			this.records.push(JSON.parse(text));
			return { status: 200 };
		}
		const [, name = "", ...rest] = pathname.split("/");
		const api = this.#apis[name];
		if (!api) return { status: 404 };
		const path = `/${rest.join("/")}`;
		if (path !== api.tokenPath) this.asked.set(name, (this.asked.get(name) ?? 0) + 1);
		if (path === api.tokenPath) {
			const form = new URLSearchParams(text);
			if (form.get("client_secret") !== "secret" || form.get("client_id") !== "id") return { status: 400 };
			return { status: 200, body: { access_token: `token-${++this.#tokens}`, token_type: "Bearer" } };
		}
		if (api.tokenPath !== null) {
			const number = Number(/token-(\d+)$/.exec(String(headers.authorization))?.[1] ?? 0);
			if (number < this.#firstGoodToken) return { status: 401, body: { message: "expired" } };
		}
		if (this.mood === "429") return api.limit ?? { status: 429 };
		if (this.mood === "500") return { status: 500 };
		return this.#ask(name, api, { method, path, query, headers, body: text === "" ? null : JSON.parse(text) });
	}

	#ask(name: string, api: CrmApi, request: CrmRequest): CrmAnswer | null {
		const has = this.kept.get(name) ?? [];
		try {
			const answer = api.answer(request, has);
			if (!answer.kept) return answer;
			this.writes.set(name, (this.writes.get(name) ?? 0) + 1);
			if (this.mood === "refusing") return { status: 422, body: { message: "no" } };
			if (this.mood === "soft refusing" && api.softRefusal) return api.softRefusal;
			const { id } = answer.kept;
			if (!api.upserts || !has.some((each) => each.id === id)) has.push(answer.kept);
			return this.mood === "deaf" ? null : answer;
		} catch (error) {
			this.faults.push(`${name} ${request.method} ${request.path}: ${String(error)}`);
			return { status: 400, body: { message: "not what the documentation says" } };
		}
	}
}
