import type { LiveCall } from "../admin/contract";
import { sharedText } from "../shared/editor/api";
import { duration, plain, shownParty } from "./format";
import { type KeyedItems, type Row, Rows, setAttribute, setLine, setText } from "./lists";

function callRow(): Row<LiveCall> {
	const element = $("<li>");
	const [parties, how] = [$("<span>").addClass("pbx-call-parties"), $("<span>").addClass("pbx-call-how")];
	element.append(parties, " ", how);
	return {
		element,
		show(call, now) {
			const isTalking = call.talking.length > 0;
			const rest = call.others > 0 ? ` +${call.others}` : "";
			const phones = [...call.talking, ...call.ringing].map(plain).join(", ") + rest;
			const who = shownParty(call);
			const queue = call.queue ? ` (${plain(call.queue)})` : "";
			setAttribute(element, "data-state", isTalking ? "talking" : "ringing");
			setText(parties, call.direction === "outbound" ? `${phones} › ${who}` : `${who} › ${phones}${queue}`);
			const since = call.since === null ? "" : ` ${duration(now - call.since)}`;
			setText(how, sharedText(isTalking ? "sidebar.talking" : "sidebar.ringing") + since);
		},
	};
}

/** The calls that go on, each once, whatever phones take part in it. */
export class CallsView {
	readonly element = $("<div>");
	readonly #rows = new Rows<LiveCall>(
		$("<ul>")
			.addClass("pbx-calls")
			.attr({ "aria-label": sharedText("sidebar.calls"), tabindex: 0 }),
		callRow,
	);
	readonly #quiet = $("<p>").addClass("pbx-quiet");

	constructor() {
		this.element.append(this.#rows.element, this.#quiet);
	}

	show(calls: KeyedItems<LiveCall>, now: number): void {
		const { all, more } = calls;
		this.#rows.show(all, now);
		const left = more > 0 ? sharedText("sidebar.more", { count: more }) : "";
		setLine(this.#quiet, all.length === 0 ? sharedText("sidebar.no-calls") : left);
	}
}
