import type { Node } from "node-red";
import type { Courier } from "../../src/delivery/courier";
import type { CallLog } from "../../src/store/callLog";
import type { Queue } from "../../src/store/deliveries";

/** A `pbx-log` at run time: what it hands over, from where; null where it could not start. */
export interface PbxLogNode extends Node {
	delivery: { readonly queue: Queue; readonly log: CallLog; readonly courier: Courier } | null;
}
