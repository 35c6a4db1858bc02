import type { TraceState } from "../admin/contract";
import { commandTrace, diagnostics, sharedText, traceFile, traceState } from "../shared/editor/api";
import { duration } from "./format";
import { setShown, setText } from "./lists";

const OFF: TraceState = { kind: "off", why: null, frames: 0, bytes: 0, left: 0 };

function button(name: string, icon: string): JQuery {
	return $("<button>")
		.attr({ type: "button", "data-trace": name })
		.addClass("red-ui-button red-ui-button-small")
		.append($("<i>").addClass(`fa ${icon}`).attr("aria-hidden", "true"), ` ${sharedText(`sidebar.${name}`)}`);
}

/** Gives the browser a file. */
function download(name: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
	const link = document.createElement("a");
	Object.assign(link, { href: url, download: name });
	link.click();
	// Some browsers read it only later.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function stateText({ kind, why, bytes, left }: TraceState): string {
	const values = { left: duration(left), size: Math.ceil(bytes / 1024) };
	if (kind === "recording") return sharedText("sidebar.trace-state.recording", values);
	if (why === null) return "";
	return `${sharedText(`sidebar.trace-state.${why}`, values)} ${sharedText("sidebar.trace-state.expires", values)}`;
}

/** For whoever has to report a fault and cannot log in to the server: a trace of the chosen account, and how it is. */
export class TraceView {
	readonly element = $("<div>").addClass("pbx-trace");
	readonly #start = button("trace-start", "fa-circle");
	readonly #stop = button("trace-stop", "fa-stop");
	readonly #download = button("trace-download", "fa-download");
	readonly #copy = button("diagnostics", "fa-copy");
	readonly #masks = $("<input>").attr({ type: "checkbox", id: "pbx-trace-mask" }).prop("checked", true);
	readonly #state = $("<p>").addClass("pbx-quiet").attr("role", "status");
	readonly #fault = $("<p>").attr("role", "alert").addClass("pbx-fault");
	#account = "";
	#isRunning = false;
	#isAsking = false;
	/** Null where it is to be asked for. */
	#told: TraceState | null = null;

	constructor() {
		const hint = $("<p>").addClass("pbx-quiet").text(sharedText("sidebar.trace-hint"));
		const mask = $("<label>")
			.attr("for", "pbx-trace-mask")
			.append(this.#masks, ` ${sharedText("sidebar.trace-mask")}`);
		const buttons = $("<div>").addClass("pbx-simulator-buttons");
		buttons.append(this.#start, this.#stop, this.#download, this.#copy);
		this.element.append(hint, mask, buttons, this.#state, this.#fault);
		this.#start.on("click", () => void this.#run((account) => commandTrace(account, "start")));
		this.#stop.on("click", () => void this.#run((account) => this.#stopAndFetch(account)));
		this.#download.on("click", () => void this.#run((account) => this.#fetch(account)));
		this.#copy.on("click", () => void this.#run((account) => this.#copyDiagnostics(account)));
		this.#draw();
	}

	/** Shows how the trace of an account is; called about once a second. */
	show(account: string, isRunning: boolean): void {
		if (account !== this.#account || isRunning !== this.#isRunning) {
			[this.#account, this.#isRunning, this.#told] = [account, isRunning, null];
			setText(this.#fault, "");
			this.#draw();
		}
		if (isRunning && this.#told?.kind !== "off") void this.#ask();
	}

	async #ask(): Promise<void> {
		const account = this.#account;
		if (this.#isAsking) return;
		this.#isAsking = true;
		// Of one that is not deployed nothing is known.
		const told = await traceState(account).catch(() => OFF);
		this.#isAsking = false;
		// Another account may have been chosen meanwhile.
		if (account === this.#account) this.#told = told;
		this.#draw();
	}

	#draw(): void {
		const state = this.#told ?? OFF;
		const focused = document.activeElement;
		const mayRecord = this.#isRunning && RED.user.hasPermission("flows.write");
		setShown(this.#start, state.kind !== "recording");
		setShown(this.#stop, state.kind === "recording");
		setShown(this.#download, state.kind === "over");
		for (const button of [this.#start, this.#stop, this.#download]) button.prop("disabled", !mayRecord);
		// A button that goes away leaves the keyboard to the one that came in its place.
		const buttons = [this.#stop, this.#download, this.#start];
		if (buttons.some((button) => button.is(focused ?? "") && !button.is(":visible"))) {
			buttons.find((button) => button.is(":visible"))?.trigger("focus");
		}
		setText(this.#state, stateText(state));
		setShown(this.#state, state.kind !== "off");
	}

	async #run(act: (account: string) => Promise<void>): Promise<void> {
		setText(this.#fault, "");
		try {
			await act(this.#account);
		} catch (error) {
			const { statusText, message } = Object(error) as { statusText?: string; message?: string };
			setText(this.#fault, message ?? statusText ?? String(error));
		}
		if (this.#isRunning) await this.#ask();
	}

	async #stopAndFetch(account: string): Promise<void> {
		await commandTrace(account, "stop");
		await this.#fetch(account);
	}

	async #fetch(account: string): Promise<void> {
		const text = await traceFile(account, this.#masks.prop("checked") === true);
		download(`pbx-trace-${new Date().toISOString().replace(/[:.]/g, "-")}.jsonl`, text);
	}

	async #copyDiagnostics(account: string): Promise<void> {
		RED.clipboard.copyText(await diagnostics(account), this.#copy, sharedText("sidebar.copied"));
	}
}
