import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../support/eventually";
import { adapted, RunningExample, readExample } from "../support/example";
import { freePort } from "../support/nodeRed";
import { SmtpSink, toSink } from "../support/smtpSink";

const ALWAYS = JSON.stringify(
	Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, "00:00-24:00"])),
);

describe("the missed-call notice", function () {
	this.timeout(180_000);
	let folder: string;
	let sink: SmtpSink;
	let hook: Server;
	let example: RunningExample | null = null;
	let posted: { text: string }[];
	let statusCode: number;

	const file = () => join(folder, "told.json");
	const told = () => JSON.parse(readFileSync(file(), "utf8")) as Record<string, number>;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "node-red-pbx-notice-"));
		sink = new SmtpSink();
		posted = [];
		statusCode = 200;
		hook = createServer((request, response) => {
			let body = "";
			request.on("data", (data) => {
				body += data;
			});
			request.on("end", () => {
				posted.push(JSON.parse(body));
				response.writeHead(statusCode).end();
			});
		});
		await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
	});
	afterEach(async () => {
		await example?.stop();
		example = null;
		sink.close();
		hook.close();
		rmSync(folder, { recursive: true, force: true });
	});

	async function start(env: Record<string, string> = {}): Promise<RunningExample> {
		const smtp = await sink.listen();
		const address = hook.address();
		const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
		const given = { MINUTES: "0", HOURS: ALWAYS, TOLD_FILE: file(), WEBHOOK_URL: url, ...env };
		const nodes = adapted(readExample("13"), await freePort(), given).map((node) => ({
			...node,
			...(node.type === "e-mail" && toSink(smtp)),
		}));
		example = await RunningExample.start(nodes);
		await eventually(() => assert.ok(existsSync(file())));
		return example;
	}
	/** Looks until something has come about. */
	async function looking(running: RunningExample, until: () => void): Promise<void> {
		await eventually(async () => {
			await running.press("look now, and each minute");
			// One look after the other, as the minutes go.
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			until();
		}, 60);
	}

	it("tells once of each caller, by mail and webhook, until somebody has called back", async () => {
		const running = await start();
		await running.play("miss 11 974319404 0");
		await looking(running, () => assert.equal(posted.length, 1));
		assert.match(posted[0]?.text ?? "", /Missed call from 974 31 94 04/);
		await eventually(() => assert.equal(sink.mails.length, 1));
		assert.match(sink.mails[0] ?? "", /^To: reception@example\.com$/m);
		assert.match(sink.mails[0] ?? "", /^Subject: .*974 31 94 04/m);
		await running.play("miss 11 974319404 0");
		await running.play("miss 12 600000101 0");
		await looking(running, () => assert.equal(posted.length, 2));
		assert.match(posted[1]?.text ?? "", /600 00 01 01/);
		// The PBX tells when a call began in whole seconds.
		await new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000)));
		for (const command of ["ring 11 974319404", "answer 11", "hangup 11"]) await running.play(command);
		await looking(running, () => assert.deepEqual(Object.keys(told()), ["+34600000101"]));
		await running.play("miss 11 974319404 0");
		await looking(running, () => assert.equal(posted.length, 3));
		assert.match(posted[2]?.text ?? "", /974 31 94 04/);
		assert.doesNotMatch(running.red.log, /\[error\]/);
	});

	it("waits for its minutes and for business hours", async () => {
		const running = await start({ HOURS: "{}" });
		await running.play("miss 11 974319404 0");
		const due = running.nodes.find(({ name }) => name === "due");
		await looking(running, () => assert.match(running.statuses.get(String(due?.id)) ?? "", /closed, 1 unreturned/));
		assert.deepEqual(posted, []);
		await running.stop();
		example = null;
		sink.close();
		sink = new SmtpSink();
		rmSync(file(), { force: true });
		const patient = await start({ MINUTES: "10" });
		await patient.play("miss 11 974319404 0");
		const look = patient.nodes.find(({ name }) => name === "due");
		await looking(patient, () => assert.match(patient.statuses.get(String(look?.id)) ?? "", /open, 1 unreturned/));
		assert.deepEqual(posted, []);
		assert.deepEqual(told(), {});
	});

	it("sends again what did not get through, five times at most", async () => {
		const running = await start();
		statusCode = 500;
		await running.play("miss 11 974319404 0");
		await looking(running, () => assert.deepEqual(told(), { "+34974319404": 5 }));
		for (let i = 0; i < 3; i++) await running.press("look now, and each minute");
		await eventually(() => assert.equal(posted.length, 5));
	});

	it("writes what Teams and Telegram read, and lets no caller's name call a Slack channel", async () => {
		const teams = await start({ WEBHOOK_KIND: "teams" });
		await teams.play("miss 11 974319404 0");
		await looking(teams, () => assert.equal(posted.length, 1));
		assert.match(JSON.stringify(posted[0]), /"AdaptiveCard".*"TextRun","text":"Missed call/);
		await teams.stop();
		posted.length = 0;
		sink.close();
		sink = new SmtpSink();
		rmSync(file(), { force: true });
		const slack = await start();
		await slack.play('miss 11 "<!channel>&"<974319404> 0');
		await looking(slack, () => assert.equal(posted.length, 1));
		assert.match(posted[0]?.text ?? "", /974 31 94 04/);
		assert.doesNotMatch(posted[0]?.text ?? "", /<|>|&(?!amp;|lt;|gt;)/);
	});
});
