import type { Node, NodeAPI, NodeMessage } from "node-red";

/** JSONata throws plain objects. */
function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(Object(thrown).message ?? thrown));
}

/** The value of a typed input, for a message. Rejects where it cannot be worked out (a wrong JSONata expression). */
export function propertyValue(
	RED: NodeAPI,
	node: Node,
	message: NodeMessage,
	value: string,
	type: string,
): Promise<unknown> {
	return new Promise((resolve, reject) => {
		try {
			RED.util.evaluateNodeProperty(value, type, node, message, (error, result) => {
				if (error) reject(asError(error));
				else resolve(result);
			});
		} catch (error) {
			reject(asError(error));
		}
	});
}
