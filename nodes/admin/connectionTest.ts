import { lookup } from "node:dns/promises";
import type { Node, NodeAPI } from "node-red";
import { systemClock } from "../../src/link/clock";
import { Probe } from "../../src/link/probe";
import type { ProbeReport } from "../../src/link/steps";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { readAccount, readExtension } from "../shared/account";
import { type KeyCredential, tlsSettings } from "../shared/configNode";
import { splitList } from "../shared/options";
import { filledIn } from "../shared/variables";
import type { ConnectionTestRequest } from "./contract";

/** What the browser sent, as far as it is what it should be. */
export function readTestRequest(body: unknown): ConnectionTestRequest {
	const fields: Readonly<Record<string, unknown>> = typeof body === "object" && body !== null ? { ...body } : {};
	const text = (name: string) => String(fields[name] ?? "").slice(0, 2_000);
	const key = typeof fields.key === "string" ? { key: text("key") } : {};
	return {
		...{ id: text("id"), url: text("url"), tenant: text("tenant"), tls: text("tls"), extension: text("extension") },
		...key,
	};
}

/** The key is taken as it is (protocol 2), unless it is nothing but a variable, as Node-RED has it. */
function keyOf(value: (text: string) => string, key: string): string {
	return /^\$\{[^}]+\}$/.test(key) ? value(key) : key;
}

/**
 * Makes a test of what stands in a form, deployed or not.
 *
 * @throws PbxError for what cannot be tried at all
 */
export function connectionTest(
	RED: NodeAPI,
	request: ConnectionTestRequest,
	report: (line: ProbeReport) => void,
): Probe {
	// A node that is not deployed yet has no variables but those of the process.
	const node = (RED.nodes.getNode(request.id) ?? { id: request.id }) as Node;
	// The key of a PBX and of nothing else.
	const isPbx = node.type === "pbx-config";
	const saved = isPbx ? (RED.nodes.getCredentials(request.id) as KeyCredential | undefined) : undefined;
	const value = (text: string) => filledIn(RED, node, text);
	const url = value(request.url);
	const options = { url, tenant: value(request.tenant), tls: request.tls };
	const account = readAccount(options, keyOf(value, request.key ?? saved?.key ?? ""), tlsSettings(RED, options));
	// A variable may hold the list that a pbx-in takes: one of it is enough.
	const extension = readExtension(splitList(value(request.extension))[0] ?? "");
	const context = { clock: systemClock, vocabulary: STANDARD_VOCABULARY, lookup: (host: string) => lookup(host) };
	return new Probe({ ...account, extension }, context, report);
}
