import type { Node, NodeAPI } from "node-red";

/**
 * Remembers, of a node that is being stopped, which nodes its wires lead to. Gives what says later whether one of them was
 * stopped as well: what was on its way to it then is lost, since Node-RED delivers it in the next turn.
 */
export function destinationsOf(
	RED: NodeAPI,
	node: Node & { readonly wires?: readonly (readonly string[])[] },
): () => boolean {
	const then = (node.wires ?? []).flat().map((id) => ({ id, node: RED.nodes.getNode(id) }));
	return () => then.some(({ id, node: before }) => RED.nodes.getNode(id) !== before);
}
