import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";

/** A page of another site, open in a browser beside the one that is attacked. */
export class OtherSite {
	private constructor(
		readonly page: Page,
		readonly close: () => Promise<void>,
	) {}

	static async open(browser: Browser): Promise<OtherSite> {
		const server = createServer((_request, response) => {
			response.writeHead(200, { "content-type": "text/html" });
			response.end("<!DOCTYPE html><title>Another site</title>");
		}).listen(0, "127.0.0.1");
		await once(server, "listening");
		const page = await browser.newPage();
		await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`);
		return new OtherSite(page, async () => {
			await page.close();
			server.close();
			server.closeAllConnections();
		});
	}

	/** Sends a form, as any page may; gives the status of the answer, which the page itself does not see. */
	async sendForm(url: string, fields: Readonly<Record<string, string>>, type: string): Promise<number> {
		const answer = this.page.waitForResponse((response) => response.url() === url);
		await this.page.evaluate(
			`((url, fields, type) => {
				const frame = Object.assign(document.createElement("iframe"), { name: "target" });
				const form = Object.assign(document.createElement("form"), { action: url, method: "post", enctype: type, target: "target" });
				for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { name, value }));
				document.body.replaceChildren(frame, form);
				form.submit();
			})(${JSON.stringify(url)}, ${JSON.stringify(fields)}, ${JSON.stringify(type)})`,
		);
		return (await answer).status();
	}

	/** Asks with `fetch`; gives what the page gets to read: the text, or null. */
	async read(url: string, options: object = {}): Promise<string | null> {
		return this.page.evaluate(
			`fetch(${JSON.stringify(url)}, ${JSON.stringify(options)}).then((answer) => answer.text(), () => null)`,
		);
	}

	/** Takes an answer for a script that calls a function of the page; gives what that is told, or null. */
	async readAsScript(url: string): Promise<unknown> {
		return this.page.evaluate(
			`new Promise((resolve) => {
				globalThis.steal = (told) => { globalThis.stolen = told; };
				globalThis.stolen = null;
				const script = document.createElement("script");
				script.onload = script.onerror = () => resolve(globalThis.stolen);
				script.src = ${JSON.stringify(url)} + "?callback=steal";
				document.head.append(script);
			})`,
		);
	}

	/** Opens a WebSocket; gives whether that works. */
	async canListen(url: string): Promise<boolean> {
		return this.page.evaluate(
			`new Promise((resolve) => {
				const socket = new WebSocket(${JSON.stringify(url.replace(/^http/, "ws"))});
				socket.onopen = () => resolve(true);
				socket.onerror = () => resolve(false);
			})`,
		);
	}
}
