// What VitePress shows around the pages, in each language.
import { LANGUAGES, type Language } from "./languages";
import { addressOf, FOR_DEVELOPERS, type Page } from "./pages";
import { TEXTS } from "./texts";

/** The groups of the sidebar; a test finds every page in one of them. */
const GROUPS = {
	start: ["first-flow", "recipes", "flows", "troubleshooting"],
	crm: ["crm", "last-mile", "call-log"],
	nodes: /^nodes\//,
	reference: ["messages", "errors", "limits", "security"],
} as const;

export interface Group {
	readonly text: string;
	readonly collapsed?: boolean;
	readonly items: readonly { readonly text: string; readonly link: string }[];
}

export function sidebarOf(language: Language, pages: readonly Page[]): Group[] {
	const { groups } = TEXTS[language];
	const item = (page: Page) => ({ text: page.title, link: addressOf(page) });
	const own = pages.filter((page) => page.language === language);
	const listed = (slugs: readonly string[], among: readonly Page[]) =>
		slugs.flatMap((slug) => among.filter((page) => page.slug === slug).map(item));
	const nodes = own.filter(({ slug }) => GROUPS.nodes.test(slug)).map(item);
	const developers = FOR_DEVELOPERS.map(([slug]) => slug).filter((slug) => !/^decisions\/\d/.test(slug));
	return [
		{ text: groups.start, items: listed(GROUPS.start, own) },
		{ text: groups.crm, items: listed(GROUPS.crm, own) },
		{ text: groups.nodes, items: nodes },
		{ text: groups.reference, items: listed(GROUPS.reference, own) },
		{
			text: groups.developers,
			collapsed: language !== "en",
			items: listed(
				developers,
				pages.filter((page) => page.language === "en"),
			),
		},
	];
}

/** Each language's settings, as VitePress wants them. */
export function localesOf(pages: readonly Page[]) {
	return Object.fromEntries(
		LANGUAGES.map((language) => {
			const { language: label, description, ui, lost, search } = TEXTS[language];
			const sidebar = sidebarOf(language, pages);
			const nav = sidebar.slice(0, 4).map(({ text, items }) => ({ text, link: items[0]?.link ?? "/" }));
			const themeConfig = {
				...{ nav, sidebar, outline: { level: [2, 3], label: ui.outline } },
				...{ docFooter: { prev: ui.previous, next: ui.next }, sidebarMenuLabel: ui.menu, returnToTopLabel: ui.top },
				...{ darkModeSwitchLabel: ui.appearance, lightModeSwitchTitle: ui.light, darkModeSwitchTitle: ui.dark },
				...{ langMenuLabel: ui.languages, notFound: { title: lost.title, quote: lost.quote, linkText: lost.link } },
			};
			return [
				language,
				{ label, lang: language === "pt" ? "pt-PT" : language, description, themeConfig, search },
			] as const;
		}),
	);
}
