// The documentation site. Its pages and the texts around them are made by scripts/docs.ts.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DefaultTheme, defineConfig } from "vitepress";
import type { SiteTexts } from "../../scripts/docs/texts.js";

interface Locale {
	readonly label: string;
	readonly lang: string;
	readonly description: string;
	readonly themeConfig: DefaultTheme.Config;
	readonly search: SiteTexts["search"];
}

const made = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), ".docs");
const locales = JSON.parse(readFileSync(join(made, "locales.json"), "utf8")) as Record<string, Locale>;
const { en, ...others } = locales;

function searchTexts({ search }: Locale): DefaultTheme.LocalSearchOptions {
	const { button, none, reset, details, back, select, navigate, close } = search;
	return {
		translations: {
			button: { buttonText: button, buttonAriaLabel: button },
			modal: {
				...{ displayDetails: details, resetButtonTitle: reset, backButtonTitle: back, noResultsText: none },
				footer: { selectText: select, navigateText: navigate, closeText: close },
			},
		},
	};
}

export default defineConfig({
	title: "node-red-pbx",
	srcDir: join(made, "pages"),
	outDir: join(made, "site"),
	cacheDir: join(made, "cache"),
	locales: { ...others, ...(en && { root: en }) },
	// Headings have the addresses that GitHub gives them, so that links lead there in both.
	markdown: {
		anchor: {
			slugify: (heading) =>
				heading
					.trim()
					.toLowerCase()
					.replace(/[^\p{L}\p{N} _-]/gu, "")
					.replaceAll(" ", "-"),
		},
	},
	head: [["link", { rel: "icon", type: "image/svg+xml", href: "/images/icon.svg" }]],
	themeConfig: {
		logo: "/images/icon.svg",
		search: {
			provider: "local",
			options: {
				locales: Object.fromEntries(
					Object.entries(locales).map(([key, locale]) => [key === "en" ? "root" : key, searchTexts(locale)]),
				),
				miniSearch: {
					options: {
						// People search without accents too. It runs in the browser, so it can use nothing from outside.
						processTerm: (term: string) => term.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(),
					},
				},
			},
		},
	},
});
