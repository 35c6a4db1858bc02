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

/** The Chromium to start and with what: the one that `CHROMIUM_PATH` names, else npm's, which is unpacked when first wanted. */
export async function browserProgram(): Promise<{ readonly executablePath: string; readonly args: string[] }> {
	const installed = process.env.CHROMIUM_PATH;
	const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
	if (installed) return { executablePath: installed, args };
	// Makes the package bring its own shared libraries along.
	process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
	const { default: packaged } = await import("@sparticuz/chromium");
	// What keeps pages of different sites apart stays on, as it is in people's browsers; a single process would end with
	// its first page.
	const left = ["--disable-web-security", "--allow-running-insecure-content", "--single-process", "--no-zygote"];
	const own = packaged.args.filter((arg) => !left.includes(arg));
	return { executablePath: await packaged.executablePath(), args: [...own, ...args] };
}

async function launch(): Promise<Browser> {
	return chromium.launch(await browserProgram());
}
