import { LIVE_PARTS, type LiveAnswer, type LiveItems, type LivePart } from "../admin/contract";
import { sharedText } from "../shared/editor/api";
import { AccountsView } from "./accounts";
import { BacklogView } from "./backlog";
import { BoardView, LinksView } from "./board";
import { CallsView } from "./calls";
import { EventsView } from "./events";
import { masking, setMasking } from "./format";
import { KeyedItems, setLine, setShown } from "./lists";
import { Poller } from "./poller";
import { Section } from "./section";
import { SimulatorsView } from "./simulators";
import { TraceView } from "./trace";
import { WordsView } from "./words";

const STORED_ACCOUNT = "pbx-sidebar-account";
const ACTION = "pbx:show-pbx-tab";

/** The lists, as the run time has told them. */
type Lists = { readonly [Name in keyof LiveItems]: KeyedItems<LiveItems[Name]> };

/** The tab *PBX* of the editor's sidebar: connections and board first, the simulator below and folded away. */
class PbxSidebar {
	readonly content = $("<div>").addClass("pbx-sidebar");
	readonly #lists: Lists = {
		...{ accounts: new KeyedItems(), links: new KeyedItems(), extensions: new KeyedItems(), calls: new KeyedItems() },
		...{ events: new KeyedItems(), queues: new KeyedItems(), deliveries: new KeyedItems() },
		words: new KeyedItems(),
		simulators: new KeyedItems(),
	};
	readonly #quiet = $("<p>").addClass("pbx-quiet").attr("role", "status").prop("hidden", true);
	readonly #parts: Readonly<Record<LivePart, Section>>;
	readonly #links = new LinksView();
	readonly #calls = new CallsView();
	readonly #events = new EventsView();
	readonly #words = new WordsView();
	readonly #accounts = new AccountsView((account) => this.#choose(account), this.#mask());
	readonly #board: BoardView;
	readonly #backlog: BacklogView;
	readonly #simulators: SimulatorsView;
	readonly #trace = new TraceView();
	readonly #diagnosis: Section;
	readonly #poller: Poller;
	/** Which account somebody chose, and of which the lists are. */
	#chosen = localStorage.getItem(STORED_ACCOUNT) ?? "";
	#told = "";
	#now = Date.now();

	constructor() {
		this.#poller = new Poller(
			() => this.content.is(":visible"),
			() => ({
				account: this.#chosen,
				parts: LIVE_PARTS.filter((name) => this.#isOpen(name)),
				find: this.#board.find,
			}),
			(answer) => this.#take(answer),
		);
		const ask = () => this.#poller.ask();
		this.#board = new BoardView(ask);
		this.#backlog = new BacklogView(ask);
		this.#simulators = new SimulatorsView(ask);
		const section = (name: LivePart | "trace", body: JQuery, isOpen = true) => {
			const made = new Section(name, isOpen, ask);
			made.body.append(body);
			return made;
		};
		this.#parts = {
			links: section("links", this.#links.element),
			extensions: section("extensions", this.#board.element),
			calls: section("calls", this.#calls.element),
			log: section("log", this.#backlog.element),
			words: section("words", this.#words.element),
			events: section("events", this.#events.element),
			simulators: section("simulators", this.#simulators.element, false),
		};
		this.#diagnosis = section("trace", this.#trace.element, false);
		const { links, extensions, calls, log, words, events, simulators } = this.#parts;
		this.content.append(this.#quiet, this.#accounts.element.prop("hidden", true));
		for (const part of [links, extensions, calls, log, words, events, simulators, this.#diagnosis]) {
			this.content.append(part.element.prop("hidden", true));
		}
	}

	/** Asks now: the tab was opened. */
	look(): void {
		this.#poller.ask();
	}

	#mask(): JQuery {
		const label = sharedText("sidebar.mask");
		const box = $("<input>").attr({ type: "checkbox", id: "pbx-sidebar-mask" }).prop("checked", masking.isOn);
		box.on("change", () => {
			setMasking(box.prop("checked") === true);
			// At once, also where the run time does not answer.
			this.#show();
		});
		const icon = $("<i>").addClass("fa fa-eye-slash").attr("aria-hidden", "true");
		return $("<label>")
			.attr({ for: "pbx-sidebar-mask", title: label })
			.append(box, icon, $("<span>").addClass("pbx-hidden").text(label));
	}

	#isOpen(name: LivePart): boolean {
		return this.#parts[name].isOpen;
	}

	#choose(account: string): void {
		this.#chosen = account;
		localStorage.setItem(STORED_ACCOUNT, account);
		this.#events.restart();
		this.#poller.ask();
	}

	#take(answer: LiveAnswer | null): void {
		if (!answer) {
			setLine(this.#quiet, sharedText("sidebar.unreachable"));
			return;
		}
		if (answer.isWhole) for (const list of Object.values(this.#lists)) list.clear();
		const apply = <Name extends keyof LiveItems>(name: Name) => {
			const change = answer.changes[name];
			if (change) (this.#lists[name] as KeyedItems<LiveItems[Name]>).apply(change);
		};
		for (const name of Object.keys(this.#lists) as (keyof LiveItems)[]) apply(name);
		this.#told = answer.account;
		this.#now = answer.now;
		this.#show();
	}

	/** Draws what is not folded away. */
	#show(): void {
		const [now, lists, parts] = [this.#now, this.#lists, this.#parts];
		const accounts = lists.accounts.all;
		const isEmpty = accounts.length === 0;
		setLine(this.#quiet, isEmpty ? sharedText("sidebar.empty") : "");
		setShown(this.#accounts.element, !isEmpty);
		const account = accounts.find(({ key }) => key === this.#chosen) ?? accounts.find(({ key }) => key === this.#told);
		this.#accounts.show(accounts, account?.key ?? "", lists.accounts.more, now);
		const isRunning = account !== undefined && account.fault === null;
		for (const name of ["links", "extensions", "calls", "events"] as const) setShown(parts[name].element, isRunning);
		setShown(this.#diagnosis.element, account !== undefined);
		if (account && this.#diagnosis.isOpen) this.#trace.show(account.key, isRunning);
		const logs = RED.nodes.filterNodes({ type: "pbx-log" }).filter(({ pbx }) => pbx === account?.key);
		setShown(parts.log.element, logs.length > 0);
		const words = lists.words.all.length + lists.words.more;
		setShown(parts.words.element, isRunning && words > 0);
		parts.words.count(String(words));
		setShown(parts.simulators.element, RED.nodes.filterNodes({ type: "pbx-simulator" }).length > 0);
		parts.links.count(account ? `${account.up}/${account.links}` : "");
		const counted = ({ all, more }: { readonly all: readonly unknown[]; readonly more: number }) =>
			String(all.length + more);
		parts.extensions.count(this.#isOpen("extensions") ? counted(lists.extensions) : "");
		parts.calls.count(this.#isOpen("calls") ? counted(lists.calls) : "");
		if (account && this.#isOpen("links")) this.#links.show(lists.links, account, now);
		if (this.#isOpen("extensions")) this.#board.show(lists.extensions, now);
		if (this.#isOpen("calls")) this.#calls.show(lists.calls, now);
		if (this.#isOpen("log")) this.#backlog.show(lists.queues, lists.deliveries, now);
		if (account && this.#isOpen("words")) this.#words.show(lists.words, account.key, now);
		if (this.#isOpen("events")) this.#events.show(lists.events, now);
		if (this.#isOpen("simulators")) this.#simulators.show(lists.simulators, now);
	}
}

/** Adds the tab, and the action that shows it. */
function addTab(): void {
	const tab = new PbxSidebar();
	const label = sharedText("sidebar.label");
	RED.actions.add(ACTION, () => RED.sidebar.show("pbx"), { label: sharedText("sidebar.show-tab") });
	RED.sidebar.addTab({
		...{ id: "pbx", label, name: label, iconClass: "fa fa-phone", content: tab.content },
		// It is on the screen only after it is said to be.
		...{ enableOnEdit: true, action: ACTION, onchange: () => void setTimeout(() => tab.look()) },
	});
}

// For those who may see what the PBX says.
if (RED.user.hasPermission("flows.read")) addTab();
