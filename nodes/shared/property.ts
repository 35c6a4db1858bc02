import type { Node, NodeAPI, NodeMessage } from "node-red";

/** JSONata throws plain objects. */
function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(Object(thrown).message ?? thrown));
}

/**
 * The value of a typed input, for a message; undefined where the field is empty, or its path leads to nothing. Rejects where it
 * cannot be worked out (a wrong JSONata expression).
 */
export function propertyValue(
	RED: NodeAPI,
	node: Node,
	message: NodeMessage,
	value: string | undefined,
	type: string | undefined,
): Promise<unknown> {
	if (value === undefined || value === "") return Promise.resolve(value);
	return new Promise((resolve, reject) => {
		const failed = (error: unknown) => {
			// A path such as `payload[0].name`, where the list is empty.
			if (type === "msg" && error instanceof TypeError) resolve(undefined);
			else reject(asError(error));
		};
		try {
			RED.util.evaluateNodeProperty(value, type ?? "str", node, message, (error, result) => {
				if (error) failed(error);
				else resolve(result);
			});
		} catch (error) {
			failed(error);
		}
	});
}
