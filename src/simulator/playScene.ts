import type { Command } from "./commands";
import type { Exchange } from "./exchange";
import type { Scenes } from "./scenes";

/** The commands that something happens at the phones by. */
export type SceneCommand = Exclude<
	Command,
	{ readonly command: "replay" | "send" | "refuse" | "forget" | "drop" | "mute" | "traffic" }
>;

/**
 * Has something happen at the phones.
 *
 * @throws PbxError `invalid-command` where the phone in question cannot do it
 */
export function playScene(command: SceneCommand, exchange: Exchange, scenes: Scenes): void {
	switch (command.command) {
		case "ring":
			exchange.ringGroup(command.extension.split(","), command);
			break;
		case "answer":
			exchange.answer(command.extension);
			break;
		case "hangup":
			exchange.hangUp(command.extension);
			break;
		case "miss":
			exchange.ringGroup(command.extension.split(","), { ...command, patience: command.seconds * 1000 });
			break;
		case "queue": {
			const { extension, number, queue = "", seconds, rounds } = command;
			scenes.queue(extension.split(","), { number, queue, each: seconds * 1000, rounds });
			break;
		}
		case "reject":
			scenes.reject(command.extension, command.seconds * 1000);
			break;
		case "transfer":
			scenes.transfer(command.extension, command.to);
			break;
		case "consult":
			scenes.consult(command.extension, command.to);
			break;
		case "handover":
			scenes.handOver(command.extension);
			break;
		case "pickup":
			scenes.pickUp(command.extension, command.from);
			break;
		case "forward":
			scenes.forward(command.extension, command.to);
			break;
		case "word":
			scenes.word(command.extension, command.text);
			break;
		case "wire":
			Object.assign(exchange.switchboard.wire, { [command.what]: command.how });
			break;
	}
}
