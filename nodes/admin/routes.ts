import type { NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import type { Probe } from "../../src/link/probe";
import { parseCommand } from "../../src/simulator/parseCommand";
import { type PbxConfigNode, pbxOf } from "../shared/configNode";
import type { PbxSimulatorNode } from "../shared/simulatorNode";
import { forPeople } from "../shared/texts";
import { connectionTest, readTestRequest } from "./connectionTest";
import type { ConnectionTestLine } from "./contract";
import { extensionsOf, liveView } from "./live";

/** Tests of a connection at a time: each takes one of the 15 that the server gives an address. */
const MOST_TESTS = 3;

type App = NodeAPI["httpAdmin"];
type Handler = Parameters<App["post"]>[1];
type Request = Parameters<Extract<Handler, (...args: never[]) => unknown>>[0];
type Response = Parameters<Extract<Handler, (...args: never[]) => unknown>>[1];

/** `?after=<id>:<seq>,…`: what the sidebar knows already. */
function readAfter(query: unknown): Map<string, number> {
	const pairs = String(query ?? "").split(",", 100);
	return new Map(
		pairs.map((pair) => {
			const [id = "", seq = ""] = pair.split(":");
			return [id, Number.parseInt(seq, 10) || 0];
		}),
	);
}

/** What the editor asks of the run time. Node-RED's own permissions decide who may. */
export function registerRoutes(RED: NodeAPI): void {
	const { httpAdmin, auth } = RED;
	const running = new Set<Probe>();

	/** A form of another web page can post as well, but not this. */
	const mustBeJson: ReturnType<typeof auth.needsPermission> = (request, response, next) => {
		if (request.is("application/json")) next();
		else response.sendStatus(415);
	};

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

	httpAdmin.get("/pbx/live", auth.needsPermission("flows.read"), (request, response) => {
		response.json(liveView(RED, readAfter(request.query.after)));
	});

	httpAdmin.get("/pbx/:id/extensions", auth.needsPermission("flows.read"), (request, response) => {
		try {
			response.json(extensionsOf(pbxOf(RED, String(request.params.id))));
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

	httpAdmin.post("/pbx/simulators/:id", auth.needsPermission("flows.write"), mustBeJson, (request, response) => {
		const node = RED.nodes.getNode(String(request.params.id)) as PbxSimulatorNode | null;
		if (!node?.simulator) {
			response.sendStatus(404);
			return;
		}
		try {
			node.simulator.run(parseCommand(request.body));
			response.sendStatus(204);
		} catch (error) {
			if (!(error instanceof PbxError)) throw error;
			response.status(400).json({ code: error.code, message: forPeople(RED, error).message });
		}
	});
}
