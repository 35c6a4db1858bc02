import type { LiveSimulator } from "../admin/contract";
import { commandSimulator, sharedText } from "../shared/editor/api";

const BUTTONS = [
	{ command: "ring", icon: "fa-phone" },
	{ command: "answer", icon: "fa-volume-control-phone" },
	{ command: "hangup", icon: "fa-stop-circle-o" },
	{ command: "miss", icon: "fa-ban" },
] as const;

/** The buttons that play a deployed simulator. */
export class SimulatorView {
	readonly element = $("<section>").addClass("pbx-simulator");
	readonly #heading = $("<h4>").appendTo(this.element);
	readonly #extension = $("<select>").attr("aria-label", sharedText("label.extension"));
	readonly #number = $("<input>")
		.attr({ type: "text", "aria-label": sharedText("sidebar.caller") })
		.val("974319404");
	readonly #fault = $("<p>").attr("role", "alert").addClass("pbx-fault");
	#id = "";
	#extensions = "";

	constructor() {
		const fields = $("<div>").addClass("pbx-simulator-fields").append(this.#extension, this.#number);
		const buttons = $("<div>").addClass("pbx-simulator-buttons");
		for (const { command, icon } of BUTTONS) {
			$("<button>")
				.attr({ type: "button", "data-command": command })
				.addClass("red-ui-button red-ui-button-small")
				.prop("disabled", !RED.user.hasPermission("flows.write"))
				.append($("<i>").addClass(`fa ${icon}`).attr("aria-hidden", "true"), ` ${sharedText(`sidebar.${command}`)}`)
				.on("click", () => void this.#run(command))
				.appendTo(buttons);
		}
		this.element.append(fields, buttons, this.#fault);
	}

	show({ id, name, extensions }: LiveSimulator): void {
		this.#id = id;
		this.#heading.text(`${sharedText("sidebar.simulator")} ${name}`);
		if (this.#extensions === extensions.join()) return;
		this.#extensions = extensions.join();
		this.#extension.empty().append(...extensions.map((extension) => $("<option>").text(extension)));
	}

	async #run(command: string): Promise<void> {
		this.#fault.text("");
		const [extension, number] = [String(this.#extension.val()), String(this.#number.val())];
		try {
			await commandSimulator(this.#id, { command, extension, number });
		} catch (error) {
			this.#fault.text(error instanceof Error ? error.message : String(error));
		}
	}
}
