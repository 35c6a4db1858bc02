import { REASONS } from "../../src/delivery/reasons";
import type { LiveDelivery, LiveQueue } from "../admin/contract";
import { commandDeliveries, sharedText } from "../shared/editor/api";
import { clockTime, duration, plain, shownParty } from "./format";
import { type KeyedItems, type Row, Rows, setAttribute, setLine, setShown, setText } from "./lists";

/** Does what a button says with a queue's records. */
type Run = (queue: string, command: Parameters<typeof commandDeliveries>[1]) => void;

function button(name: string, icon: string, run: () => void): JQuery {
	return $("<button>")
		.attr({ type: "button", "data-delivery": name })
		.addClass("red-ui-button red-ui-button-small")
		.prop("disabled", !RED.user.hasPermission("flows.write"))
		.append($("<i>").addClass(`fa ${icon}`).attr("aria-hidden", "true"), ` ${sharedText(`sidebar.${name}`)}`)
		.on("click", run);
}

/** Reasons of ours in the browser's language; others are what the flow or the server said. */
function reasonText(reason: string): string {
	const [own] = Object.entries(REASONS).find(([, text]) => text === reason) ?? [];
	return own ? sharedText(`sidebar.reason.${own}`) : plain(reason);
}

function stateText({ state, dueAt, attempt }: LiveDelivery, now: number): string {
	if (state === "sent") return sharedText("sidebar.delivery.sent", { count: attempt });
	if (state === "given-up") return sharedText("sidebar.delivery.given-up", { count: attempt });
	if (attempt === 0) return sharedText("sidebar.delivery.untried");
	const wait = duration((dueAt ?? now) - now);
	return sharedText("sidebar.delivery.waiting", { count: attempt, wait });
}

function deliveryRow(run: Run): Row<LiveDelivery> {
	const element = $("<li>").addClass("pbx-delivery");
	const [what, state, reason] = [$("<span>").addClass("pbx-delivery-call"), $("<span>"), $("<span>")];
	let shown: LiveDelivery | null = null;
	const act = (action: "retry" | "give-up") => () => {
		if (shown) run(shown.queue, { action, record: shown.record });
	};
	const again = button("retry", "fa-repeat", act("retry"));
	const stop = button("give-up", "fa-times", act("give-up"));
	const text = $("<div>").append(what, state.addClass("pbx-quiet"), reason.addClass("pbx-delivery-reason"));
	element.append(text, $("<div>").addClass("pbx-delivery-buttons").append(again, stop));
	return {
		element,
		show(item, now) {
			shown = item;
			const time = clockTime(item.at, now);
			const outcome = sharedText(`outcome.${item.outcome}`);
			setAttribute(element, "data-state", item.state);
			setText(what, `${time} · ${shownParty(item)} › ${plain(item.extension)} · ${outcome}`);
			setText(state, stateText(item, now));
			setText(reason, item.reason === "" ? "" : reasonText(item.reason));
			setShown(again, item.state !== "sent");
			setShown(stop, item.state !== "given-up");
		},
	};
}

function queueRow(run: Run, deliveriesOf: (queue: string) => LiveDelivery[]): Row<LiveQueue> {
	const element = $("<li>").addClass("pbx-queue");
	const [name, counts] = [$("<strong>"), $("<span>").addClass("pbx-quiet")];
	const fault = $("<p>").attr("role", "alert").addClass("pbx-fault");
	let key = "";
	const all = button("retry-all", "fa-repeat", () => run(key, { action: "retry", record: null }));
	const rows = new Rows<LiveDelivery>($("<ul>"), () => deliveryRow(run));
	element.append($("<div>").addClass("pbx-queue-head").append(name, counts, all), fault, rows.element);
	return {
		element,
		show(queue, now) {
			key = queue.key;
			const { waiting, givenUp } = queue;
			setText(name, plain(queue.name) || "pbx log");
			const parts = [
				...(waiting > 0 ? [sharedText("sidebar.delivery.count-waiting", { count: waiting })] : []),
				...(givenUp > 0 ? [sharedText("log.given-up", { count: givenUp })] : []),
			];
			setText(counts, parts.join(", ") || sharedText("log.all-delivered"));
			setLine(fault, queue.fault ?? "");
			setShown(all, waiting + givenUp > 0);
			rows.show(deliveriesOf(key), now);
		},
	};
}

/** What the `pbx-log` nodes of an account have not delivered, why, and buttons to try it again or give it up. */
export class BacklogView {
	readonly element = $("<div>");
	readonly #rows: Rows<LiveQueue>;
	readonly #fault = $("<p>").attr("role", "alert").addClass("pbx-fault").prop("hidden", true);
	#deliveries = new Map<string, LiveDelivery[]>();

	/** @param changed  hears that something was done */
	constructor(changed: () => void) {
		const run: Run = (queue, command) => {
			setLine(this.#fault, "");
			commandDeliveries(queue, command).then(changed, (error: unknown) =>
				setLine(this.#fault, error instanceof Error ? error.message : String(error)),
			);
		};
		const deliveriesOf = (queue: string) => this.#deliveries.get(queue) ?? [];
		this.#rows = new Rows<LiveQueue>($("<ul>").addClass("pbx-queues"), () => queueRow(run, deliveriesOf));
		this.element.append(this.#fault, this.#rows.element);
	}

	show(queues: KeyedItems<LiveQueue>, deliveries: KeyedItems<LiveDelivery>, now: number): void {
		this.#deliveries = new Map();
		for (const each of deliveries.all) {
			this.#deliveries.set(each.queue, [...(this.#deliveries.get(each.queue) ?? []), each]);
		}
		this.#rows.show(queues.all, now);
	}
}
