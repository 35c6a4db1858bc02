import { type Browser, chromium } from "playwright-core";

/**
 * A headless Chromium. The one from npm needs no system packages; `CHROMIUM_PATH` names another.
 */
export async function openBrowser(): Promise<Browser> {
	const installed = process.env.CHROMIUM_PATH;
	const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
	if (installed) return chromium.launch({ executablePath: installed, args });
	// Makes the package bring its own shared libraries along.
	process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
	const { default: packaged } = await import("@sparticuz/chromium");
	// What keeps pages of different sites apart stays on, as it is in people's browsers.
	const own = packaged.args.filter(
		(arg) => arg !== "--disable-web-security" && arg !== "--allow-running-insecure-content",
	);
	return chromium.launch({ executablePath: await packaged.executablePath(), args: [...own, ...args] });
}
