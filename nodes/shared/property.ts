import type { Node, NodeAPI, NodeMessage } from "node-red";

/** The value of a typed input, for a message. Rejects where it cannot be worked out (a wrong JSONata expression). */
export function propertyValue(
	RED: NodeAPI,
	node: Node,
	message: NodeMessage,
	value: string,
	type: string,
): Promise<unknown> {
	return new Promise((resolve, reject) => {
		RED.util.evaluateNodeProperty(value, type, node, message, (error, result) => {
			if (error) reject(error);
			else resolve(result);
		});
	});
}
