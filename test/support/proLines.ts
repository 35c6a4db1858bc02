import { type Activation, fillCommand, RECOMMENDED_LINE, recommendedTable } from "../../src/calls/template";
import type { CommandFields } from "../../src/messages";

const NOTHING: CommandFields = {
	...{ state: null, direction: null, callerId: null, queue: null, id: null, duration: null, extension: null },
};

/** A line as the PBX would send it with the recommended template. */
export function proLine(state: Activation["state"], over: Partial<CommandFields> = {}): string {
	const values = { direction: "entrante", callerId: "974319404", extension: "11", ...over };
	return fillCommand(RECOMMENDED_LINE, { ...NOTHING, ...values, state });
}

/** The recommended table, or only the rows of some states. */
export function proTable(...states: Activation["state"][]): Activation[] {
	return recommendedTable().filter(({ state }) => states.length === 0 || states.includes(state));
}
