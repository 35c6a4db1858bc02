import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spellingsOf } from "../../src/numbers/spellings";
import { eventually } from "../support/eventually";
import { freePort } from "../support/nodeRed";
import { installForCi, isInstalled, stopProgram } from "../support/program";

/** Seven people, and their numbers as people write them down. */
const PEOPLE = {
	Ana: "+34974319404",
	Bruno: "974319405",
	Clara: "974 31 94 06",
	David: "+34 974 319 407",
	Elena: "974-31-94-08",
	Félix: "0034 974319409",
	Gloria: "+351 21 346 9000",
} as const;
type Name = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE) as Name[];
/** Who calls, as a call says it. */
const e164Of = (name: Name) => `+${PEOPLE[name].replace(/\D/g, "").replace(/^00/, "").replace(/^974/, "34974")}`;
const asksOf = (name: Name) => spellingsOf(e164Of(name), { country: "ES" });

const hasRadicale = () => isInstalled("radicale", "--version");
const hasLdap = () => isInstalled("/usr/sbin/slapd", "-VV") && isInstalled("ldapsearch", "-VV");

/** Who is found by one question after the other, as a flow asks them; each time it must be nobody else. */
async function foundBy(questions: (name: Name) => readonly string[], ask: (text: string) => Promise<string[]>) {
	const found: Name[] = [];
	for (const name of NAMES) {
		for (const question of questions(name)) {
			const answer = await ask(question);
			if (answer.length === 0) continue;
			assert.deepEqual(answer, [name], question);
			found.push(name);
			break;
		}
	}
	return found;
}

describe("the spellings of a number, asked of real address books", function () {
	this.timeout(180_000);
	let folder: string;
	before(async function () {
		this.timeout(400_000);
		if (!hasRadicale() || !hasLdap()) await installForCi("radicale", "slapd", "ldap-utils");
	});
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "address-book-"));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it("find everybody by CardDAV, where E.164 alone finds one", async function () {
		if (!hasRadicale()) this.skip();
		const port = await freePort();
		const options = [
			"--server-hosts",
			`127.0.0.1:${port}`,
			"--storage-filesystem-folder",
			folder,
			"--auth-type",
			"none",
		];
		const server = spawn("radicale", options, { stdio: "ignore" });
		const book = `http://127.0.0.1:${port}/ana/book/`;
		const send = (method: string, url: string, body: string, headers: Record<string, string> = {}) =>
			fetch(url, { method, body, headers: { authorization: `Basic ${btoa("ana:x")}`, ...headers } });
		try {
			await eventually(() => fetch(`http://127.0.0.1:${port}/`));
			const kind =
				'<mkcol xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype><collection/><c:addressbook/></resourcetype></prop></set></mkcol>';
			assert.equal((await send("MKCOL", book, kind)).status, 201);
			for (const name of NAMES) {
				const card = `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${name}\r\nFN:${name}\r\nN:${name};;;;\r\nTEL:${PEOPLE[name]}\r\nEND:VCARD\r\n`;
				const url = `${book}${encodeURIComponent(name)}.vcf`;
				assert.equal((await send("PUT", url, card, { "content-type": "text/vcard" })).status, 201, name);
			}
			const ask = async (text: string) => {
				const query = `<c:addressbook-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><prop><c:address-data/></prop><c:filter><c:prop-filter name="TEL"><c:text-match match-type="contains">${text}</c:text-match></c:prop-filter></c:filter></c:addressbook-query>`;
				const answer = await send("REPORT", book, query, { depth: "1" });
				assert.equal(answer.status, 207);
				return [...(await answer.text()).matchAll(/^FN:(.+?)\r?$/gm)].map(([, name = ""]) => name);
			};
			assert.deepEqual(await foundBy((name) => [e164Of(name)], ask), ["Ana"]);
			assert.deepEqual(await foundBy((name) => asksOf(name).search, ask), NAMES);
		} finally {
			await stopProgram(server);
		}
	});

	it("find everybody by LDAP with the national digits as the end, where E.164 alone finds three", async function () {
		if (!hasLdap()) this.skip();
		mkdirSync(join(folder, "data"));
		const schemas = ["core", "cosine", "inetorgperson"].map((name) => `include /etc/ldap/schema/${name}.schema`);
		writeFileSync(
			join(folder, "slapd.conf"),
			`${schemas.join("\n")}
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix dc=example
directory ${folder}/data
access to * by * read
`,
		);
		const entries = NAMES.map(
			(name) =>
				`dn: uid=${encodeURIComponent(name)},dc=example\nobjectClass: inetOrgPerson\nuid: ${encodeURIComponent(name)}\ncn:: ${Buffer.from(name).toString("base64")}\nsn: x\ntelephoneNumber: ${PEOPLE[name]}\n`,
		);
		const root = "dn: dc=example\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: example\n";
		writeFileSync(join(folder, "people.ldif"), [root, ...entries].join("\n"));
		const configuration = ["-f", join(folder, "slapd.conf")];
		execFileSync("/usr/sbin/slapadd", [...configuration, "-l", join(folder, "people.ldif")], { stdio: "ignore" });
		const url = `ldap://127.0.0.1:${await freePort()}`;
		const server = spawn("/usr/sbin/slapd", [...configuration, "-h", url, "-d", "0"], { stdio: "ignore" });
		try {
			const ask = async (filter: string) => {
				const args = ["-x", "-LLL", "-o", "ldif-wrap=no", "-H", url, "-b", "dc=example", filter, "uid"];
				const answer = execFileSync("ldapsearch", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
				return [...answer.matchAll(/^uid: (.+)$/gm)].map(([, uid = ""]) => decodeURIComponent(uid));
			};
			await eventually(() => ask("(uid=Ana)"));
			const filter = (text: string) => `(telephoneNumber=${text})`;
			assert.deepEqual(await foundBy((name) => [filter(e164Of(name))], ask), ["Ana", "David", "Gloria"]);
			assert.deepEqual(await foundBy((name) => [filter(`*${asksOf(name).national}`)], ask), NAMES);
		} finally {
			await stopProgram(server);
		}
	});
});
