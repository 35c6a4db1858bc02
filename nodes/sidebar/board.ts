import type { LiveAccount, LiveExtension, LiveLink } from "../admin/contract";
import { sharedText } from "../shared/editor/api";
import { duration, plain, shownParty } from "./format";
import { type KeyedItems, type Row, Rows, setAttribute, setLine, setShown, setText } from "./lists";

/** Connections that are up are told in words up to so many; beyond, by their extension and a dot. */
const MOST_IN_WORDS = 3;
/** Extensions from which on a search is offered. */
const LEAST_SEARCHED = 12;

function linkRow(isBrief: () => boolean): Row<LiveLink> {
	const element = $("<li>");
	return {
		element,
		show({ key, state, reason, since }, now) {
			const why = reason ? ` (${sharedText(`reasons.${reason}`)})` : "";
			const name = key === "999" ? `${sharedText("sidebar.monitor")} 999` : plain(key);
			const words = `${name}: ${sharedText(`status.${state}`)}${why}, ${duration(now - since)}`;
			const isShort = isBrief() && state === "connected";
			setAttribute(element, "data-state", state);
			setAttribute(element, "data-brief", String(isShort));
			setAttribute(element, "title", words);
			setText(element, isShort ? name : words);
		},
	};
}

/** The connections of an account: those that are down in words, the others as briefly as their number asks. */
export class LinksView {
	readonly element = $("<div>");
	readonly #list = $("<ul>")
		.addClass("pbx-links")
		.attr({ "aria-label": sharedText("sidebar.links"), tabindex: 0 });
	readonly #server = $("<p>").addClass("pbx-quiet pbx-server");
	#count = 0;
	readonly #rows = new Rows<LiveLink>(this.#list, () => linkRow(() => this.#count > MOST_IN_WORDS));

	constructor() {
		this.element.append(this.#list, this.#server);
	}

	show(links: KeyedItems<LiveLink>, { server, tenant }: LiveAccount, now: number): void {
		const { all, more } = links;
		this.#count = all.length;
		this.#rows.show(all, now);
		const left = more > 0 ? `${sharedText("sidebar.more", { count: more })} · ` : "";
		setText(this.#server, `${left}${plain(server)} · tenant ${plain(tenant)}`);
	}
}

function tile(): Row<LiveExtension> {
	const element = $("<li>").addClass("pbx-tile");
	const part = (name: string) => $("<span>").addClass(`pbx-tile-${name}`).appendTo(element);
	const [extension, since, name, state, number] = ["extension", "since", "name", "state", "number"].map(part);
	return {
		element,
		show(item, now) {
			const word = sharedText(`phone.${item.state}`);
			const who = item.call ? shownParty(item.call) : "";
			setAttribute(element, "data-state", item.state);
			setAttribute(element, "data-stale", String(item.stale));
			setAttribute(element, "title", [plain(item.key), plain(item.name), word, who].filter(Boolean).join(" · "));
			if (extension) setText(extension, plain(item.key));
			if (name) setText(name, plain(item.name));
			if (state) setText(state, item.stale ? `${word} (${sharedText("sidebar.stale")})` : word);
			if (since) setText(since, duration(now - item.since));
			if (number) setText(number, who);
		},
	};
}

/** The board: the extensions of an account, and a search among them. */
export class BoardView {
	readonly element = $("<div>");
	readonly #search = $("<input>").attr({
		...{ type: "search", autocomplete: "off" },
		...{ "aria-label": sharedText("sidebar.find"), placeholder: sharedText("sidebar.find") },
	});
	readonly #tiles = $("<ul>")
		.addClass("pbx-tiles")
		.attr({ "aria-label": sharedText("sidebar.extensions"), tabindex: 0 });
	readonly #rows = new Rows<LiveExtension>(this.#tiles, tile);
	readonly #quiet = $("<p>").addClass("pbx-quiet");

	/** @param searched  hears that something else is looked for */
	constructor(searched: () => void) {
		this.#search.on("input", searched);
		this.element.append(this.#search.addClass("pbx-search").prop("hidden", true), this.#tiles, this.#quiet);
	}

	/** What is looked for; empty for nothing. */
	get find(): string {
		return String(this.#search.val() ?? "").trim();
	}

	show(extensions: KeyedItems<LiveExtension>, now: number): void {
		const { all, more } = extensions;
		this.#rows.show(all, now);
		setShown(this.#search, this.find !== "" || all.length + more >= LEAST_SEARCHED);
		const none = sharedText(this.find === "" ? "sidebar.no-extensions" : "sidebar.none-found");
		setLine(this.#quiet, all.length === 0 ? none : more > 0 ? sharedText("sidebar.more", { count: more }) : "");
	}
}
