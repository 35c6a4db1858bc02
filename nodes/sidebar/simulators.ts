import { WIRE_SWITCHES } from "../../src/simulator/wire";
import type { LiveSimulator } from "../admin/contract";
import { commandSimulator, sharedText } from "../shared/editor/api";

/** What the fields of a simulator hold. */
interface Fields {
	readonly extension: string;
	readonly number: string;
	readonly other: string;
	readonly word: string;
	readonly all: readonly string[];
}

interface Button {
	readonly name: string;
	readonly icon: string;
	command(fields: Fields): object;
}

const BASICS: readonly Button[] = [
	{ name: "ring", icon: "fa-phone", command: ({ extension, number }) => ({ command: "ring", extension, number }) },
	{ name: "answer", icon: "fa-volume-control-phone", command: ({ extension }) => ({ command: "answer", extension }) },
	{ name: "hangup", icon: "fa-stop-circle-o", command: ({ extension }) => ({ command: "hangup", extension }) },
	{ name: "miss", icon: "fa-ban", command: ({ extension, number }) => ({ command: "miss", extension, number }) },
];

const SCENES: readonly Button[] = [
	{
		name: "queue",
		icon: "fa-list-ol",
		command: ({ all, number }) => ({ command: "queue", extension: all.join(","), number, seconds: 5, rounds: 2 }),
	},
	{ name: "reject", icon: "fa-thumbs-o-down", command: ({ extension }) => ({ command: "reject", extension }) },
	{
		name: "transfer",
		icon: "fa-share",
		command: ({ extension, other }) => ({ command: "transfer", extension, to: other }),
	},
	{
		name: "consult",
		icon: "fa-question-circle-o",
		command: ({ extension, other }) => ({ command: "consult", extension, to: other }),
	},
	{ name: "handover", icon: "fa-handshake-o", command: ({ extension }) => ({ command: "handover", extension }) },
	{
		name: "pickup",
		icon: "fa-hand-rock-o",
		command: ({ extension, other }) => ({ command: "pickup", extension, from: other }),
	},
	{
		name: "forward",
		icon: "fa-long-arrow-right",
		command: ({ extension, other }) => ({ command: "forward", extension, to: other }),
	},
	{ name: "unforward", icon: "fa-times", command: ({ extension }) => ({ command: "forward", extension, to: "off" }) },
	{
		name: "say-word",
		icon: "fa-comment-o",
		command: ({ extension, word }) => ({ command: "word", extension, text: word }),
	},
];

function input(label: string, value: string): JQuery {
	return $("<input>").attr({ type: "text", "aria-label": label, placeholder: label }).val(value);
}

/** The buttons that play a deployed simulator. */
export class SimulatorView {
	readonly element = $("<section>").addClass("pbx-simulator");
	readonly #heading = $("<h4>").appendTo(this.element);
	readonly #extension = $("<select>").attr("aria-label", sharedText("label.extension"));
	readonly #other = $("<select>").attr("aria-label", sharedText("sidebar.other"));
	readonly #number = input(sharedText("sidebar.caller"), "974319404");
	readonly #word = input(sharedText("sidebar.word"), "En conversación");
	readonly #fault = $("<p>").attr("role", "alert").addClass("pbx-fault");
	#id = "";
	#all: readonly string[] = [];

	constructor() {
		const fields = $("<div>").addClass("pbx-simulator-fields").append(this.#extension, this.#number);
		const more = $("<details>").append($("<summary>").text(sharedText("sidebar.more-scenes")));
		const moreFields = $("<div>").addClass("pbx-simulator-fields").append(this.#other, this.#word);
		more.append(moreFields, this.#buttons(SCENES), this.#switches());
		this.element.append(fields, this.#buttons(BASICS), more, this.#fault);
	}

	show({ id, name, extensions }: LiveSimulator): void {
		this.#id = id;
		this.#heading.text(`${sharedText("sidebar.simulator")} ${name}`);
		if (this.#all.join() === extensions.join()) return;
		this.#all = extensions;
		for (const select of [this.#extension, this.#other]) {
			select.empty().append(...extensions.map((extension) => $("<option>").text(extension)));
		}
		this.#other.val(extensions[1] ?? extensions[0] ?? "");
	}

	#buttons(buttons: readonly Button[]): JQuery {
		const row = $("<div>").addClass("pbx-simulator-buttons");
		for (const { name, icon, command } of buttons) {
			$("<button>")
				.attr({ type: "button", "data-command": name })
				.addClass("red-ui-button red-ui-button-small")
				.prop("disabled", !RED.user.hasPermission("flows.write"))
				.append($("<i>").addClass(`fa ${icon}`).attr("aria-hidden", "true"), ` ${sharedText(`sidebar.${name}`)}`)
				.on("click", () => void this.#run(command(this.#fields)))
				.appendTo(row);
		}
		return row;
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
			all: this.#all,
		};
	}

	async #run(command: object): Promise<void> {
		this.#fault.text("");
		try {
			await commandSimulator(this.#id, command);
		} catch (error) {
			this.#fault.text(error instanceof Error ? error.message : String(error));
		}
	}
}
