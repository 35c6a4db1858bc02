import type { Node } from "node-red";
import type { Simulator } from "../../src/simulator/simulator";
import type { KeyCredential } from "./configNode";

/** A `pbx-simulator` at run time. */
export interface PbxSimulatorNode extends Node<KeyCredential> {
	simulator: Simulator;
}
