import type { EditorNode, TypedInputType } from "./red";

/** Where a value of a message can come from, in every form that asks. */
export const VALUE_TYPES: TypedInputType[] = ["msg", "str", "flow", "global", "env", "jsonata"];

/** The node whose form is open: other nodes are validated meanwhile too, by what they have saved. */
let editing: string | null = null;

/** To be called by `oneditprepare`. */
export function formOpened(node: EditorNode<unknown>): void {
	editing = node.id;
}

/** To be called by `oneditsave` and `oneditcancel`. */
export function formClosed(): void {
	editing = null;
}

/** What stands in a field of this node's form if it is open, else what is saved. */
export function inForm(node: EditorNode<unknown>, field: string, saved: string): string {
	return editing === node.id ? String($(`#node-input-${field}`).val() ?? saved) : saved;
}

/** A node that was given a name shows it in italics, as everywhere in Node-RED. */
export function nameStyle(this: { readonly name: string }): string {
	return this.name ? "node_label_italic" : "";
}
