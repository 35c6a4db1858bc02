import { browserProgram } from "./browser";
import { nodeRed5 } from "./nodeRed5";

/** Runs once before tests that run side by side: what the first of them would install or unpack, no two do at a time. */
export async function mochaGlobalSetup(): Promise<void> {
	nodeRed5();
	await browserProgram();
}
