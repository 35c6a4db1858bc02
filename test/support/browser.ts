import { type Browser, chromium } from "playwright-core";

let shared: Promise<Browser> | null = null;

/**
 * The headless Chromium of this process, started by whoever asks first, and ended with the process. The one from npm needs
 * no system packages; `CHROMIUM_PATH` names another.
 */
export function openBrowser(): Promise<Browser> {
	shared ??= launch();
	return shared;
}

/** Closes all pages of a browser: others go on with it. */
export async function closePages(browser: Browser | undefined): Promise<void> {
	await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
}

/** Where the Chromium from npm is, which is unpacked when it is first wanted, and what it is started with. */
export async function unpackedChromium(): Promise<{ readonly path: string; readonly args: readonly string[] }> {
	// Makes the package bring its own shared libraries along.
	process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
	const { default: packaged } = await import("@sparticuz/chromium");
	return { path: await packaged.executablePath(), args: packaged.args };
}

async function launch(): Promise<Browser> {
	const installed = process.env.CHROMIUM_PATH;
	const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
	if (installed) return chromium.launch({ executablePath: installed, args });
	const packaged = await unpackedChromium();
	// What keeps pages of different sites apart stays on, as it is in people's browsers; a single process would end with
	// its first page.
	const left = ["--disable-web-security", "--allow-running-insecure-content", "--single-process", "--no-zygote"];
	const own = packaged.args.filter((arg) => !left.includes(arg));
	return chromium.launch({ executablePath: packaged.path, args: [...own, ...args] });
}
