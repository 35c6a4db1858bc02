import { readFileSync } from "node:fs";
import { arch, release, type } from "node:os";
import { join } from "node:path";
import type { NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import { countQueue } from "../../src/store/backlog";
import { visible } from "../../src/visible";
import type { PbxConfigNode } from "../shared/configNode";
import type { PbxLogNode } from "../shared/logNode";
import { cut, linksOf } from "./account";

/** Connections and call logs that are told of. */
const MOST_LINKS = 100;
const MOST_QUEUES = 20;
/** Milliseconds that a call log may take to say how it is. */
const PATIENCE_MS = 2_000;

type Saved = Readonly<Record<string, unknown>>;

/** Settings that name nobody and open nothing: told as they are. */
const TOLD = [
	...["country", "plus", "prefix", "language", "timeZone", "groups", "settle", "mostExtensions"],
	...["dialPerExtension", "dialInAll", "dialRepeat", "dryRun", "store", "keepDays", "standby", "version"],
] as const;
/** Those that might: it is told only how many rows they have, or whether they are set. */
const COUNTED = ["people", "words", "activations"] as const;
const SET_OR_NOT = ["tenant", "tls", "dialAllowed", "storeFile", "storeUrl"] as const;

/** The package's version; its manifest stands above the sources and above what was built of them. */
function packageVersion(): string {
	const folder = join(__dirname, "..", "..");
	const manifest = join(folder, folder.endsWith("dist") ? ".." : "", "package.json");
	return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

/** Of an address no more than how it is reached: neither user nor path nor query. */
function schemeAndPort(url: unknown): string {
	const [, scheme = "?", port = ""] = /^\s*(wss?):\/\/[^/?#]*?(:\d+)?(?:[/?#]|\s*$)/i.exec(String(url ?? "")) ?? [];
	return `${scheme}://…${port}`;
}

function settingsOf(saved: Saved, hasKey: boolean): string[] {
	const rows = (name: string) => (Array.isArray(saved[name]) ? saved[name].length : 0);
	const isSet = (name: string) => (saved[name] ? "set" : "not set");
	return [
		`url: ${schemeAndPort(saved.url)}`,
		`key: ${hasKey ? "set" : "not set"}`,
		...SET_OR_NOT.map((name) => `${name}: ${isSet(name)}`),
		...COUNTED.map((name) => `${name}: ${rows(name)}`),
		...TOLD.map((name) => `${name}: ${JSON.stringify(saved[name] ?? null)}`),
	];
}

function connectionsOf({ account }: PbxConfigNode): string[] {
	if ("fault" in account) return [`none: ${account.fault.code}`];
	const { items, more } = linksOf(account.pbx);
	const lines = items.slice(0, MOST_LINKS).map(({ key, state, reason, since }) => {
		return `${key}: ${[state, reason].filter(Boolean).join(", ")}, since ${new Date(since).toISOString()}`;
	});
	const left = more + items.length - lines.length;
	return [...lines, ...(left > 0 ? [`and ${left} more`] : []), `extensions heard of: ${account.pbx.heardOf().length}`];
}

function wordsOf({ account }: PbxConfigNode): string[] {
	if ("fault" in account) return [];
	return account.pbx.unknownWords
		.list()
		.map(({ word, place, count }) => `${word.replace(/\d{6,}/g, "…")} (${place}, ${count}x)`);
}

function storeOf({ account }: PbxConfigNode): string[] {
	if ("fault" in account || !account.callLog) return ["none"];
	const state = account.callLog.store.state;
	return [state.kind === "failing" ? `failing: ${state.error.code}` : state.kind];
}

/** Resolves with a text in any case, soon. */
async function queueOf(RED: NodeAPI, id: string): Promise<string> {
	const { delivery } = (RED.nodes.getNode(id) ?? {}) as Partial<PbxLogNode>;
	if (!delivery) return "not started";
	const { log, queue } = delivery;
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<string>((resolve) => {
		timer = setTimeout(() => resolve("no answer from the call log"), PATIENCE_MS);
	});
	const counted = log.store
		.read((db) => countQueue(db, queue))
		.then(
			({ waiting, givenUp, oldest }) =>
				`waiting ${waiting}, given up ${givenUp}${oldest === null ? "" : `, oldest ${new Date(oldest).toISOString()}`}`,
			(error: unknown) => (error instanceof PbxError ? error.code : "failed"),
		);
	return Promise.race([counted, late]).finally(() => clearTimeout(timer));
}

function savedNodes(RED: NodeAPI): Saved[] {
	const found: Saved[] = [];
	RED.nodes.eachNode((node) => {
		if (node.type === "pbx-config" || node.type === "pbx-log") found.push({ ...node });
	});
	return found;
}

function section(title: string, lines: readonly string[]): string {
	const shown = lines.length > 0 ? lines : ["none"];
	return [`## ${title}`, ...shown.map((line) => `- ${cut(visible(line))}`)].join("\n");
}

/** How an account is, as text for a report of a fault: no key, password, tenant, number or name of a person. */
export async function diagnosticsOf(RED: NodeAPI, node: PbxConfigNode): Promise<string> {
	const saved = savedNodes(RED);
	const config = saved.find(({ id }) => id === node.id) ?? {};
	const logs = saved.filter(({ type: kind, pbx }) => kind === "pbx-log" && pbx === node.id).slice(0, MOST_QUEUES);
	const queues = await Promise.all(logs.map(async ({ id }) => `${id}: ${await queueOf(RED, String(id))}`));
	const versions = [
		`@meetip/node-red-pbx ${packageVersion()}`,
		`Node-RED ${await RED.version()}`,
		`Node.js ${process.version}`,
		`${type()} ${release()} ${arch()}`,
		`time ${new Date().toISOString()}`,
	];
	return [
		section("Versions", versions),
		section("Connections", connectionsOf(node)),
		section("Unknown words", wordsOf(node)),
		section("Settings", settingsOf(config, Boolean(node.credentials?.key))),
		section("Call log", storeOf(node)),
		section("Queues", queues),
		"",
	].join("\n\n");
}
