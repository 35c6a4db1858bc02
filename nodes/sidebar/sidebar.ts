import type { LiveAccount, LiveSimulator, LiveView } from "../admin/contract";
import { fetchLive, sharedText } from "../shared/editor/api";
import { BoardView, reconcile } from "./board";
import { masking, setMasking } from "./format";
import { LogView } from "./log";
import { SimulatorView } from "./simulators";

/** Milliseconds between two looks, while somebody looks. */
const PACE = 1_000;

interface AccountView {
	readonly element: JQuery;
	readonly board: BoardView;
	readonly log: LogView;
}

/** The tab *PBX* of the editor's sidebar. It asks the run time only while it is on the screen. */
class PbxSidebar {
	readonly content = $("<div>").addClass("pbx-sidebar");
	readonly #quiet = $("<p>").addClass("pbx-quiet");
	readonly #simulators = $("<div>");
	readonly #accounts = $("<div>");
	readonly #accountViews = new Map<string, AccountView>();
	readonly #simulatorViews = new Map<string, SimulatorView>();
	#isAsking = false;
	#last: LiveView | null = null;

	constructor() {
		const box = $("<input>").attr({ type: "checkbox", id: "pbx-sidebar-mask" }).prop("checked", masking.isOn);
		box.on("change", () => {
			setMasking(box.prop("checked") === true);
			// At once, also where the run time does not answer.
			if (this.#last) this.#show({ ...this.#last, accounts: this.#last.accounts.map(withoutEvents) });
		});
		const label = $("<label>")
			.attr("for", "pbx-sidebar-mask")
			.append(box, ` ${sharedText("sidebar.mask")}`);
		this.content.append($("<div>").addClass("pbx-sidebar-bar").append(label), this.#quiet);
		this.content.append(this.#simulators, this.#accounts);
		setInterval(() => void this.#look(), PACE);
	}

	async #look(): Promise<void> {
		if (this.#isAsking || document.hidden || !this.content.is(":visible")) return;
		this.#isAsking = true;
		const after = [...this.#accountViews].map(([id, { log }]) => `${id}:${log.last}`).join(",");
		try {
			this.#last = await fetchLive(after);
			this.#show(this.#last);
		} catch {
			this.#quiet.text(sharedText("sidebar.unreachable")).show();
		} finally {
			this.#isAsking = false;
		}
	}

	#show({ now, accounts, simulators }: LiveView): void {
		this.#quiet.text(sharedText("sidebar.empty")).toggle(accounts.length === 0);
		const idOf = ({ id }: LiveAccount | LiveSimulator) => id;
		for (const account of accounts) if (!this.#accountViews.has(account.id)) this.#accountViews.set(account.id, view());
		this.#forget(this.#accountViews, accounts.map(idOf));
		this.#place(this.#accounts, this.#accountViews, accounts.map(idOf));
		for (const account of accounts) {
			const shown = this.#accountViews.get(account.id);
			shown?.board.show(account, now);
			shown?.log.add(account.events);
		}
		for (const { id } of simulators)
			if (!this.#simulatorViews.has(id)) this.#simulatorViews.set(id, new SimulatorView());
		this.#forget(this.#simulatorViews, simulators.map(idOf));
		this.#place(this.#simulators, this.#simulatorViews, simulators.map(idOf));
		for (const simulator of simulators) this.#simulatorViews.get(simulator.id)?.show(simulator);
	}

	#forget(views: Map<string, { readonly element: JQuery }>, ids: readonly string[]): void {
		for (const id of [...views.keys()]) if (!ids.includes(id)) views.delete(id);
	}

	#place(parent: JQuery, views: ReadonlyMap<string, { readonly element: JQuery }>, ids: readonly string[]): void {
		reconcile(
			parent,
			ids,
			(id) => id,
			() => $("<div>"),
			(holder, id) => {
				const element = views.get(id)?.element;
				if (element && !element.parent().is(holder)) holder.empty().append(element);
			},
		);
	}
}

/** The events stand in the list already. */
function withoutEvents(account: LiveAccount): LiveAccount {
	return { ...account, events: [] };
}

function view(): AccountView {
	const [board, log] = [new BoardView(), new LogView()];
	return { element: $("<div>").append(board.element, log.element), board, log };
}

/** Adds the tab, for those who may see what the PBX says. */
export function addSidebar(): void {
	if (!RED.user.hasPermission("flows.read")) return;
	const { content } = new PbxSidebar();
	const label = sharedText("sidebar.label");
	RED.sidebar.addTab({ id: "pbx", label, name: label, iconClass: "fa fa-phone", content, enableOnEdit: true });
}
