import type { NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import { systemClock } from "../../src/link/clock";
import type { Probe } from "../../src/link/probe";
import { parseCommand } from "../../src/simulator/parseCommand";
import { type PbxConfigNode, pbxOf } from "../shared/configNode";
import type { PbxLogNode } from "../shared/logNode";
import type { PbxSimulatorNode } from "../shared/simulatorNode";
import { forPeople } from "../shared/texts";
import { completionsOf } from "./account";
import { connectionTest, readTestRequest } from "./connectionTest";
import type { ConnectionTestLine } from "./contract";
import { LiveView, readLiveRequest } from "./live";
import { readDeliveryCommand } from "./queues";
import { registerTraceRoutes } from "./traceRoutes";
import { Viewers } from "./viewers";

/** Tests of a connection at a time: each takes one of the 15 that the server gives an address. */
const MOST_TESTS = 3;

/** Extensions that a field offers, and characters of what was typed. */
const MOST_COMPLETIONS = 50;
const LONGEST_START = 64;

type App = NodeAPI["httpAdmin"];
type Handler = Parameters<App["post"]>[1];
type Request = Parameters<Extract<Handler, (...args: never[]) => unknown>>[0];
type Response = Parameters<Extract<Handler, (...args: never[]) => unknown>>[1];

/** What the editor asks of the run time. Node-RED's own permissions decide who may. */
export function registerRoutes(RED: NodeAPI): void {
	const { httpAdmin, auth } = RED;
	const running = new Set<Probe>();

	/** A form of another web page can post as well, but not this. */
	const mustBeJson: ReturnType<typeof auth.needsPermission> = (request, response, next) => {
		if (request.is("application/json")) next();
		else response.sendStatus(415);
	};

	/** What was asked cannot be done: the sentence says why. */
	const refuse = (response: Response, error: unknown, next: (error: unknown) => void): void => {
		if (!(error instanceof PbxError)) next(error);
		else response.status(400).json({ code: error.code, message: forPeople(RED, error).message });
	};

	registerTraceRoutes(RED, mustBeJson);

	const testConnection = async (request: Request, response: Response): Promise<void> => {
		if (running.size >= MOST_TESTS) {
			response.sendStatus(429);
			return;
		}
		response.setHeader("Content-Type", "application/x-ndjson");
		const say = (line: ConnectionTestLine) => response.write(`${JSON.stringify(line)}\n`);
		try {
			const probe = connectionTest(RED, readTestRequest(request.body), say);
			running.add(probe);
			// Whoever closes the form waits for nothing any more.
			response.on("close", () => probe.abort());
			await probe.run().finally(() => running.delete(probe));
		} catch (error) {
			if (!(error instanceof PbxError)) throw error;
			say({ step: null, code: error.code, details: error.details });
		} finally {
			response.end();
		}
	};

	httpAdmin.post("/pbx/test", auth.needsPermission("flows.write"), mustBeJson, (request, response, next) => {
		testConnection(request, response).catch(next);
	});

	const live = new LiveView(RED, new Viewers(systemClock));
	httpAdmin.get("/pbx/live", auth.needsPermission("flows.read"), (request, response) => {
		response.json(live.answer(readLiveRequest(request.query)));
	});

	httpAdmin.post("/pbx/log/:id", auth.needsPermission("flows.write"), mustBeJson, (request, response, next) => {
		const node = RED.nodes.getNode(String(request.params.id)) as Partial<PbxLogNode> | null;
		const command = readDeliveryCommand(request.body);
		if (node?.delivery === undefined) response.sendStatus(404);
		else if (!command) response.sendStatus(400);
		else {
			live.queues.run(node as PbxLogNode, command).then(
				(count) => response.json({ count }),
				(error: unknown) => refuse(response, error, next),
			);
		}
	});

	httpAdmin.get("/pbx/:id/extensions", auth.needsPermission("flows.read"), (request, response) => {
		const start = String(request.query.start ?? "").slice(0, LONGEST_START);
		try {
			response.json(completionsOf(pbxOf(RED, String(request.params.id)), start, MOST_COMPLETIONS));
		} catch {
			// Not deployed, or not set up: then nothing is known of its extensions.
			response.json([]);
		}
	});

	httpAdmin.get("/pbx/:id/words", auth.needsPermission("flows.read"), (request, response) => {
		try {
			response.json(pbxOf(RED, String(request.params.id)).unknownWords.list());
		} catch {
			// Not deployed, or not set up: then nothing was heard.
			response.json([]);
		}
	});

	httpAdmin.get("/pbx/:id/last-events", auth.needsPermission("flows.read"), (request, response) => {
		const node = RED.nodes.getNode(String(request.params.id)) as PbxConfigNode | null;
		response.json(node?.account && "journal" in node.account ? node.account.journal.last() : []);
	});

	httpAdmin.post("/pbx/simulators/:id", auth.needsPermission("flows.write"), mustBeJson, (request, response, next) => {
		const node = RED.nodes.getNode(String(request.params.id)) as PbxSimulatorNode | null;
		if (!node?.simulator) {
			response.sendStatus(404);
			return;
		}
		try {
			node.simulator.run(parseCommand(request.body));
			response.sendStatus(204);
		} catch (error) {
			refuse(response, error, next);
		}
	});
}
