import type { EditorNode, TypedInputType } from "./red";

/** Where a value of a message can come from, in every form that asks. */
export const VALUE_TYPES: TypedInputType[] = ["msg", "str", "flow", "global", "env", "jsonata"];

/**
 * Makes a field one whose value can come from a message. The label points to what people type into: to Node-RED's widget
 * it is a field that is hidden.
 */
export function valueField(name: string, usual: "msg" | "str", types: TypedInputType[] = VALUE_TYPES): void {
	const field = $(`#node-input-${name}`);
	field.typedInput({ default: usual, types, typeField: `#node-input-${name}Type` });
	const id = `node-input-${name}-value`;
	field.closest(".form-row").find(".red-ui-typedInput-input").attr("id", id);
	$(`label[for="node-input-${name}"]`).attr("for", id);
}

/** The node whose form is open: other nodes are validated meanwhile too, by what they have saved. */
let editing: string | null = null;

/** Where the form that is open is kept for those that open above it, from other scripts: Node-RED takes it off the page meanwhile. */
const STACK = "#red-ui-editor-stack";
const BELOW = "pbx-form";
/** What the styles of this package know its forms by. */
export const FORM = "pbx-form";

/** The form of a node of this package that is open, be it below another; null where there is none. */
export function openForm(): JQuery | null {
	return ($(STACK).data(BELOW) as JQuery | undefined) ?? null;
}

/** To be called by `oneditprepare`. */
export function formOpened(node: EditorNode<unknown>): void {
	editing = node.id;
	const form = $("#node-input-name").closest("form").addClass(FORM);
	$(STACK).data(BELOW, form);
}

/** To be called by `oneditsave` and `oneditcancel`. */
export function formClosed(): void {
	editing = null;
	$(STACK).removeData(BELOW);
}

/** What stands in a field of this node's form if it is open, else what is saved. */
export function inForm(node: EditorNode<unknown>, field: string, saved: string): string {
	return editing === node.id ? String(openForm()?.find(`#node-input-${field}`).val() ?? saved) : saved;
}

/** A node that was given a name shows it in italics, as everywhere in Node-RED. */
export function nameStyle(this: { readonly name: string }): string {
	return this.name ? "node_label_italic" : "";
}
