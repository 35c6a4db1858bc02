import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../support/eventually";
import { adapted, RunningExample, readExample } from "../support/example";
import { freePort } from "../support/nodeRed";
import { SmtpSink, toSink } from "../support/smtpSink";

describe("the day's report, in Spanish", function () {
	this.timeout(180_000);
	let folder: string;
	let sink: SmtpSink;
	let example: RunningExample;

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), "node-red-pbx-report-"));
		sink = new SmtpSink();
		const smtp = await sink.listen();
		const env = { FOLDER: join(folder, "reports") };
		const nodes = adapted(readExample("14", "Español"), await freePort(), env).map((node) => ({
			...node,
			...(node.type === "e-mail" && toSink(smtp)),
		}));
		example = await RunningExample.start(nodes);
	});
	after(async () => {
		await example?.stop();
		sink.close();
		rmSync(folder, { recursive: true, force: true });
	});

	/** The file's lines, its mark in front. */
	function lines(): string[] {
		const [file = ""] = readdirSync(join(folder, "reports"));
		assert.match(file, /^llamadas-\d{4}-\d\d-\d\d\.csv$/);
		return readFileSync(join(folder, "reports", file), "utf8")
			.split("\r\n")
			.filter(Boolean);
	}

	it("goes out at seven in the evening, Monday to Saturday", () => {
		const clock = example.nodes.find(({ name }) => name === "a las siete de la tarde");
		assert.equal(clock?.crontab, "00 19 * * 1-6");
	});

	it("says of a day without calls that there was none", async () => {
		await example.press("a las siete de la tarde");
		await eventually(() => assert.equal(sink.mails.length, 1));
		assert.match(sink.mails[0] ?? "", /Ninguna llamada\./);
		assert.match(sink.mails[0] ?? "", /^To: manager@example\.com$/m);
	});

	it("has the day's calls by extension and by hour, as a file that spreadsheets read and as a mail", async () => {
		for (const command of ["ring 11 974319404", "answer 11", "hangup 11", "miss 12 600000101 0"]) {
			await example.play(command);
		}
		await eventually(async () => {
			await example.press("a las siete de la tarde");
			await new Promise((resolve) => setTimeout(resolve, 200));
			assert.equal(lines().length, 4);
		}, 20);
		const [head, first = "", second, hour = ""] = lines();
		const columns = "día;por;grupo;llamadas;entrantes;salientes;contestadas;perdidas;contestadas pronto";
		assert.equal(head, `\uFEFF${columns};segundos de espera;espera más larga;segundos hablados`);
		assert.match(first, /^\d{4}-\d\d-\d\d;extensión;11 Ana;1;1;0;1;0;1;/);
		assert.match(second ?? "", /;extensión;12 Bruno;1;1;0;0;1;0;/);
		assert.match(hour, /;hora;\d\d:00;2;2;0;1;1;1;/);
		await eventually(() => {
			const mail = (sink.mails.at(-1) ?? "").replace(/=\r\n/g, "");
			assert.match(mail, /11 Ana: 1 llamadas, 0 perdidas/);
			assert.match(mail, /Por hora/);
		});
		assert.doesNotMatch(example.red.log, /\[error\]/);
	});
});
