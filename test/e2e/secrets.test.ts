import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import WebSocket from "ws";
import { Simulator } from "../../src/simulator/simulator";
import { eventually, settle } from "../support/eventually";
import { freePort, NodeRed } from "../support/nodeRed";
import { rawServer } from "../support/rawServer";
import { PROMPT_KEY } from "../support/seed";

/** With characters that mean something in a URL, a regular expression, JSON and a ticket. */
const KEY = "recognisable%key),4711";
/** Whatever of it would give it away. */
const TRACE = /recognisable|4711/;

describe("the key", function () {
	this.timeout(180_000);

	it("stands in no log, status, error, message, export or answer, whatever goes wrong", async () => {
		const simulator = new Simulator({ port: 0, tenant: "227", key: KEY, extensions: ["11", "12"] });
		const server = `ws://127.0.0.1:${await simulator.listen()}`;
		// A server that says back what it is told, as an error page might.
		const echo = await rawServer((socket, request) =>
			socket.end(`HTTP/1.1 400 Bad\r\nX: ${request.length}\r\n\r\n${KEY}`),
		);
		const own = await freePort();
		const pbx = (id: string, url: string, over: object = {}) => ({
			...{ id, type: "pbx-config", name: "", url, tenant: "227", tls: "", country: "ES", activations: [] },
			...over,
		});
		const input = (id: string, of: string, channel = "extension") => ({
			...{ id, type: "pbx-in", z: "tab", pbx: of, channel, extensions: channel === "monitor" ? "" : "11", x: 1, y: 1 },
			...{ events: ["call", "extension", "dial", "command", "link", "unrecognised"], wires: [["debug"]] },
		});
		const flows = [
			{ id: "tab", type: "tab", label: "Secrets" },
			...[
				pbx("right", server),
				pbx("refused", server, { tenant: "999" }),
				pbx("down", "ws://127.0.0.1:1"),
				pbx("web", echo.url),
			],
			...[pbx("local", `ws://127.0.0.1:${own}`), pbx("tls", server.replace("ws:", "wss:"))],
			...["right", "refused", "down", "web", "local", "tls"].map((id) => input(`in-${id}`, id)),
			input("monitor", "right", "monitor"),
			{
				id: "call",
				type: "pbx-call",
				z: "tab",
				pbx: "right",
				extension: "11",
				extensionType: "str",
				number: "payload",
				numberType: "msg",
				timeout: 1,
				x: 1,
				y: 1,
				wires: [["debug"], ["debug"]],
			},
			{
				id: "sim",
				type: "pbx-simulator",
				z: "tab",
				port: own,
				tenant: "227",
				extensions: "11",
				x: 1,
				y: 1,
				wires: [["debug"]],
			},
			{
				id: "go",
				type: "inject",
				z: "tab",
				props: [{ p: "payload" }],
				payload: "112)(call, 113",
				payloadType: "str",
				x: 1,
				y: 1,
				wires: [["call"]],
			},
			{
				id: "drop",
				type: "inject",
				z: "tab",
				props: [{ p: "payload" }],
				payload: "drop",
				payloadType: "str",
				x: 1,
				y: 1,
				wires: [["sim"]],
			},
			{ id: "catch", type: "catch", z: "tab", scope: null, x: 1, y: 1, wires: [["debug"]] },
			{
				id: "debug",
				type: "debug",
				z: "tab",
				active: true,
				tosidebar: true,
				console: true,
				complete: "true",
				targetType: "full",
				x: 1,
				y: 1,
				wires: [],
			},
		];
		const keys = ["right", "refused", "down", "web", "local", "tls", "sim"].map((id) => [id, { key: KEY }]);
		const red = await NodeRed.start({
			flows,
			credentials: Object.fromEntries(keys),
			settings: { credentialSecret: "s" },
		});
		// All that any editor is told: statuses, debug messages, notifications.
		const told: string[] = [];
		const comms = new WebSocket(`${red.url.replace("http", "ws")}/comms`);
		comms.on("message", (data) => told.push(String(data)));
		comms.on("open", () => comms.send(JSON.stringify({ subscribe: "#" })));
		try {
			// Nodes have shown how they are before: who subscribes is told that first.
			await eventually(() => assert.ok(told.some((text) => text.includes("status/"))));
			await eventually(() => assert.deepEqual([...new Set(simulator.status().clients)].sort(), ["11", "999"]));
			simulator.run({ command: "ring", extension: "11", number: "974319404" });
			// The server says the login back, as a text of its own and as a ticket.
			simulator.run({ command: "send", extension: "11", text: "(info,echo)" });
			for (const id of ["go", "drop"]) await fetch(`${red.url}/inject/${id}`, { method: "POST" });
			simulator.run({ command: "forget" });
			simulator.run({ command: "refuse", how: "prompt" });
			simulator.run({ command: "drop" });
			await eventually(() => assert.ok(told.some((text) => text.includes("simulator.frame") && text.includes("••••"))));
			for (const word of ["invalid-number", "call.ringing"]) {
				await eventually(() => assert.ok(told.some((text) => text.includes(word))));
			}
			const answers: string[] = [];
			for (const path of [
				"/flows",
				"/credentials/pbx-config/right",
				"/pbx/live",
				"/pbx/right/extensions",
				"/nodes",
				"/settings",
			]) {
				answers.push(await (await fetch(red.url + path, { headers: { accept: "application/json" } })).text());
			}
			for (const url of [server, echo.url, "ws://127.0.0.1:1", "ws://user:pass@host"]) {
				const body = JSON.stringify({
					id: "right",
					url,
					tenant: "227",
					tls: "",
					extension: "11",
					key: url === server ? undefined : KEY,
				});
				const headers = { "content-type": "application/json" };
				answers.push(await (await fetch(`${red.url}/pbx/test`, { method: "POST", headers, body })).text());
			}
			await settle();
			for (const text of [...told, ...answers, red.log]) assert.doesNotMatch(text, TRACE);
			assert.ok(red.log.length > 1_000);
			// The credentials are where it belongs.
			const isOther = (name: string) => statSync(join(red.userDir, name)).isFile() && !name.startsWith("flows_cred");
			const files = readdirSync(red.userDir).filter(isOther);
			for (const name of files) assert.doesNotMatch(readFileSync(join(red.userDir, name), "utf8"), TRACE, name);
		} finally {
			comms.terminate();
			await red.stop();
			await simulator.close();
			await echo.stop();
		}
	});

	it("is what a server is told that asks for it, byte for byte, and nobody else", async () => {
		const heard: string[] = [];
		const simulator = new Simulator({
			port: 0,
			tenant: "227",
			key: KEY,
			extensions: ["11"],
			onFrame: ({ text }) => heard.push(text),
		});
		const url = `ws://127.0.0.1:${await simulator.listen()}`;
		const socket = new WebSocket(url);
		socket.on("message", (data) => {
			if (String(data) === PROMPT_KEY) socket.send(`227/11, ${KEY} `);
		});
		await eventually(() => assert.deepEqual(simulator.status().clients, ["11"]));
		assert.ok(heard.includes("227/11, •••• "));
		for (const text of heard) assert.doesNotMatch(text, TRACE);
		socket.terminate();
		await simulator.close();
	});
});
