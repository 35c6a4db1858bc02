import type { NodeAPI } from "node-red";
import type { PbxConfigNode } from "../shared/configNode";
import { diagnosticsOf } from "./diagnostics";

/** What the editor asks about one account in trouble: a trace of what is said, and how it is. */
export function registerTraceRoutes(RED: NodeAPI, mustBeJson: ReturnType<NodeAPI["auth"]["needsPermission"]>): void {
	const { httpAdmin, auth } = RED;

	const accountOf = (id: unknown): PbxConfigNode | null => {
		const node = RED.nodes.getNode(String(id)) as PbxConfigNode | null;
		return node?.type === "pbx-config" && node.account ? node : null;
	};
	const recorderOf = (id: unknown) => {
		const account = accountOf(id)?.account;
		return account && "pbx" in account ? account.pbx.trace : null;
	};

	httpAdmin.get("/pbx/:id/trace", auth.needsPermission("flows.read"), (request, response) => {
		const recorder = recorderOf(request.params.id);
		if (recorder) response.json(recorder.state);
		else response.sendStatus(404);
	});

	httpAdmin.post("/pbx/:id/trace", auth.needsPermission("flows.write"), mustBeJson, (request, response) => {
		const recorder = recorderOf(request.params.id);
		const { action } = Object(request.body) as { action?: unknown };
		if (!recorder) response.sendStatus(404);
		else if (action !== "start" && action !== "stop") response.sendStatus(400);
		else if (action === "start" && !recorder.start()) response.sendStatus(409);
		else {
			if (action === "stop") recorder.stop();
			response.json(recorder.state);
		}
	});

	httpAdmin.post("/pbx/:id/trace/file", auth.needsPermission("flows.write"), mustBeJson, (request, response, next) => {
		const { masks } = Object(request.body) as { masks?: unknown };
		const recorder = recorderOf(request.params.id);
		const send = (text: string | null) => {
			if (text === null) response.sendStatus(404);
			else response.type("application/x-ndjson").send(text);
		};
		// Whoever does not say that numbers are to be seen gets none.
		if (recorder) recorder.text(masks !== false).then(send, next);
		else response.sendStatus(404);
	});

	httpAdmin.get("/pbx/:id/diagnostics", auth.needsPermission("flows.read"), (request, response, next) => {
		const node = accountOf(request.params.id);
		if (node) diagnosticsOf(RED, node).then((text) => response.type("text/plain").send(text), next);
		else response.sendStatus(404);
	});
}
