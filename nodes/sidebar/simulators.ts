import { WIRE_SWITCHES } from "../../src/simulator/wire";
import type { LiveSimulator } from "../admin/contract";
import { commandSimulator, sharedText } from "../shared/editor/api";
import { type KeyedItems, type Row, Rows, setShown } from "./lists";

/** What the fields of a simulator hold. */
interface Fields {
	readonly extension: string;
	readonly number: string;
	readonly other: string;
	readonly word: string;
	readonly all: readonly string[];
}

/** How the phones are that the fields name. */
interface Phones {
	readonly own: string;
	readonly other: string;
	readonly isSame: boolean;
}

interface Button {
	readonly name: string;
	readonly icon: string;
	command(fields: Fields): object;
	/** Whether it can be done right now; always where this is left out. */
	can?(phones: Phones, fields: Fields): boolean;
}

const BASICS: readonly Button[] = [
	{ name: "ring", icon: "fa-phone", command: ({ extension, number }) => ({ command: "ring", extension, number }) },
	{
		name: "answer",
		icon: "fa-volume-control-phone",
		command: ({ extension }) => ({ command: "answer", extension }),
		can: ({ own }) => own === "ringing",
	},
	{
		name: "hangup",
		icon: "fa-stop-circle-o",
		command: ({ extension }) => ({ command: "hangup", extension }),
		can: ({ own }) => own !== "idle",
	},
	{ name: "miss", icon: "fa-ban", command: ({ extension, number }) => ({ command: "miss", extension, number }) },
];

const SCENES: readonly Button[] = [
	{
		name: "queue",
		icon: "fa-list-ol",
		command: ({ all, number }) => ({ command: "queue", extension: all.join(","), number, seconds: 5, rounds: 2 }),
	},
	{
		name: "reject",
		icon: "fa-thumbs-o-down",
		command: ({ extension }) => ({ command: "reject", extension }),
		can: ({ own }) => own === "ringing",
	},
	{
		name: "transfer",
		icon: "fa-share",
		command: ({ extension, other }) => ({ command: "transfer", extension, to: other }),
		can: ({ own, isSame }) => own === "busy" && !isSame,
	},
	{
		name: "consult",
		icon: "fa-question-circle-o",
		command: ({ extension, other }) => ({ command: "consult", extension, to: other }),
		can: ({ own, isSame }) => own === "busy" && !isSame,
	},
	{
		name: "handover",
		icon: "fa-handshake-o",
		command: ({ extension }) => ({ command: "handover", extension }),
		can: ({ own }) => own === "busy",
	},
	{
		name: "pickup",
		icon: "fa-hand-rock-o",
		command: ({ extension, other }) => ({ command: "pickup", extension, from: other }),
		can: ({ other, isSame }) => other === "ringing" && !isSame,
	},
	{
		name: "forward",
		icon: "fa-long-arrow-right",
		command: ({ extension, other }) => ({ command: "forward", extension, to: other }),
		can: ({ isSame }) => !isSame,
	},
	{ name: "unforward", icon: "fa-times", command: ({ extension }) => ({ command: "forward", extension, to: "off" }) },
	{
		name: "say-word",
		icon: "fa-comment-o",
		command: ({ extension, word }) => ({ command: "word", extension, text: word }),
		can: (_phones, { word }) => word.trim() !== "",
	},
];

function input(label: string, value: string): JQuery {
	return $("<input>").attr({ type: "text", "aria-label": label, placeholder: label }).val(value);
}

/** The buttons that play a deployed simulator. */
class SimulatorRow implements Row<LiveSimulator> {
	readonly element = $("<section>").addClass("pbx-simulator");
	readonly #changed: () => void;
	readonly #heading = $("<h4>").appendTo(this.element);
	readonly #extension = $("<select>").attr("aria-label", sharedText("label.extension"));
	readonly #other = $("<select>").attr("aria-label", sharedText("sidebar.other"));
	readonly #number = input(sharedText("sidebar.caller"), "974319404");
	readonly #word = input(sharedText("sidebar.word"), "En conversación");
	readonly #fault = $("<p>").attr("role", "alert").addClass("pbx-fault");
	readonly #buttons: { readonly element: JQuery; readonly button: Button }[] = [];
	#id = "";
	#phones: LiveSimulator["phones"] = [];

	constructor(changed: () => void) {
		this.#changed = changed;
		const fields = $("<div>").addClass("pbx-simulator-fields").append(this.#extension, this.#number);
		const more = $("<details>").append($("<summary>").text(sharedText("sidebar.more-scenes")));
		const moreFields = $("<div>").addClass("pbx-simulator-fields").append(this.#other, this.#word);
		more.append(moreFields, this.#buttonRow(SCENES), this.#switches());
		this.element.append(fields, this.#buttonRow(BASICS), more, this.#fault);
		this.element.on("change input", () => this.#enable());
	}

	show({ key, name, phones }: LiveSimulator): void {
		this.#id = key;
		this.#heading.text(name);
		const extensions = phones.map(({ extension }) => extension);
		const isOther = this.#phones.map(({ extension }) => extension).join() !== extensions.join();
		this.#phones = phones;
		if (isOther) {
			for (const select of [this.#extension, this.#other]) {
				select.empty().append(...extensions.map((extension) => $("<option>").text(extension)));
			}
			this.#other.val(extensions[1] ?? extensions[0] ?? "");
		}
		this.#enable();
	}

	#buttonRow(buttons: readonly Button[]): JQuery {
		const row = $("<div>").addClass("pbx-simulator-buttons");
		for (const button of buttons) {
			const element = $("<button>")
				.attr({ type: "button", "data-command": button.name })
				.addClass("red-ui-button red-ui-button-small")
				.append($("<i>").addClass(`fa ${button.icon}`).attr("aria-hidden", "true"))
				.append(` ${sharedText(`sidebar.${button.name}`)}`)
				.on("click", () => void this.#run(button.command(this.#fields)))
				.appendTo(row);
			this.#buttons.push({ element, button });
		}
		return row;
	}

	/** What cannot be done right now, or by somebody who may only read, cannot be pressed. */
	#enable(): void {
		const fields = this.#fields;
		const stateOf = (sought: string) => this.#phones.find(({ extension }) => extension === sought)?.state ?? "idle";
		const isSame = fields.extension === fields.other;
		const phones = { own: stateOf(fields.extension), other: stateOf(fields.other), isSame };
		const mayWrite = RED.user.hasPermission("flows.write");
		for (const { element, button } of this.#buttons) {
			const can = mayWrite && fields.extension !== "" && (button.can?.(phones, fields) ?? true);
			if (element.prop("disabled") === can) element.prop("disabled", !can);
		}
	}

	/** What nobody knows of the real PBX. */
	#switches(): JQuery {
		const list = $("<div>").addClass("pbx-simulator-switches");
		for (const [what, values] of Object.entries(WIRE_SWITCHES)) {
			const options = values.map((value) =>
				$("<option>")
					.val(value)
					.text(sharedText(`sidebar.how.${value}`)),
			);
			const select = $("<select>")
				.prop("disabled", !RED.user.hasPermission("flows.write"))
				.append(...options)
				.on("change", () => void this.#run({ command: "wire", what, how: String(select.val()) }));
			$("<label>")
				.append($("<span>").text(sharedText(`sidebar.wire.${what}`)), select)
				.appendTo(list);
		}
		return list;
	}

	get #fields(): Fields {
		return {
			extension: String(this.#extension.val()),
			number: String(this.#number.val()),
			other: String(this.#other.val()),
			word: String(this.#word.val()),
			all: this.#phones.map(({ extension }) => extension),
		};
	}

	async #run(command: object): Promise<void> {
		this.#fault.text("");
		try {
			await commandSimulator(this.#id, command);
			this.#changed();
		} catch (error) {
			this.#fault.text(error instanceof Error ? error.message : String(error));
		}
	}
}

/** The simulators that run. */
export class SimulatorsView {
	readonly element = $("<div>");
	readonly #rows: Rows<LiveSimulator>;
	readonly #quiet = $("<p>").addClass("pbx-quiet").text(sharedText("sidebar.no-simulator"));

	/** @param changed  hears that something was done */
	constructor(changed: () => void) {
		this.#rows = new Rows<LiveSimulator>($("<div>"), () => new SimulatorRow(changed));
		this.element.append(this.#quiet, this.#rows.element);
	}

	show(simulators: KeyedItems<LiveSimulator>, now: number): void {
		const { all } = simulators;
		setShown(this.#quiet, all.length === 0);
		this.#rows.show(all, now);
	}
}
