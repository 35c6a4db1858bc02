import type { NodeStatus } from "node-red";
import { PbxError, type PbxErrorCode } from "../../src/errors";
import { statusKey } from "./texts";

/** What keeps a node from starting and has a text of its own; of any other, the log says what it is. */
const FAULTS: readonly PbxErrorCode[] = [
	...(["no-config", "no-extension", "no-store", "no-tls"] as const),
	...(["invalid-url", "invalid-tenant", "invalid-key", "invalid-extension", "invalid-country"] as const),
	...(["invalid-store", "invalid-port", "monitor-cannot-dial", "cannot-listen"] as const),
];

/** What a node shows that cannot start: short, and told apart. */
export function faultStatus(error: unknown): NodeStatus {
	return { fill: "red", shape: "ring", text: textOf(error) };
}

function textOf(error: unknown): string {
	if (!(error instanceof PbxError)) return statusKey("status.misconfigured");
	// With a value in it no text can follow the browser's language: this is none.
	if (error.code === "unset-variable") return `\${${error.details.name}} = ?`;
	return statusKey(FAULTS.includes(error.code) ? `fault.${error.code}` : "status.misconfigured");
}
