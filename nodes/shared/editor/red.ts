/**
 * What this package uses of the editor's global `RED`. The published types lack the validators that answer with a
 * sentence, and more.
 */

/** Checks a value; true, or the sentence that says what is wrong (the second parameter is what allows a sentence). */
export type Validator<Saved> = (this: EditorNode<Saved>, value: unknown, options?: { label?: string }) => true | string;

/** One saved property. */
export interface PropertyDefinition<Saved, Value> {
	value: Value;
	/** The type of config node it names. */
	type?: string;
	required?: boolean;
	label?: string;
	validate?: Validator<Saved>;
}

/** A node in the editor. */
export type EditorNode<Saved> = Saved & {
	readonly id: string;
	readonly type: string;
	/** A text of the node's own catalog. */
	_(key: string, values?: Record<string, string | number>): string;
};

/** A node type, as `RED.nodes.registerType` takes it. */
export interface NodeDefinition<Saved> {
	category: string;
	color?: string;
	defaults: { [Name in keyof Saved]: PropertyDefinition<Saved, Saved[Name]> };
	credentials?: Record<string, { type: "password" | "text" }>;
	inputs?: number;
	outputs?: number;
	icon?: string;
	align?: "left" | "right";
	paletteLabel?(this: { _(key: string): string }): string;
	/** The type is in the palette now. */
	onpaletteadd?(this: { readonly type: string }): void;
	label(this: EditorNode<Saved>): string;
	labelStyle?(this: EditorNode<Saved>): string;
	inputLabels?: string | ((this: EditorNode<Saved>, index: number) => string);
	outputLabels?: string | string[] | ((this: EditorNode<Saved>, index: number) => string);
	oneditprepare?(this: EditorNode<Saved>): void;
	oneditsave?(this: EditorNode<Saved>): void;
	oneditcancel?(this: EditorNode<Saved>): void;
	oneditdelete?(this: EditorNode<Saved>): void;
}

/** A type that a typed input offers. */
export type TypedInputType = "msg" | "str" | "flow" | "global" | "env" | "jsonata" | TextType;

/** The type of fixed texts, with completion. */
export interface TextType {
	value: "str";
	label: string;
	icon: string;
	autoComplete: CompletionSearch;
}

/** One thing that a field can be completed to. */
export interface Completion {
	value: string;
	label: JQuery;
}

/** Finds completions for what stands in a field. */
export type CompletionSearch = (value: string, done: (found: Completion[]) => void) => void;

/** A word that somebody wants to teach a PBX, by the id of its config node. */
export interface WantedWord {
	readonly id: string;
	readonly word: string;
}

/** A tab of the sidebar. */
export interface SidebarTab {
	id: string;
	label: string;
	name: string;
	iconClass: string;
	content: JQuery;
	enableOnEdit?: boolean;
	/** The action that shows it. */
	action?: string;
	/** Runs when it is shown. */
	onchange?(): void;
}

/** The widgets that the editor adds to jQuery. */
export interface EditorQuery {
	autoComplete(options: { search: CompletionSearch; minLength?: number }): void;
	typedInput(options: { type?: string; default?: string; types: TypedInputType[]; typeField?: string }): void;
	editableList(options: {
		height?: string | number;
		removable?: boolean;
		sortable?: boolean;
		addButton?: string | boolean;
		addItem(container: JQuery, index: number, data: object): void;
		removeItem?(): void;
	}): void;
	editableList(method: "addItem", item: object): void;
	editableList(method: "items"): JQuery<HTMLElement>;
}

/** A node as the editor holds it, with what is saved of it. */
interface EditedNode {
	readonly id: string;
	readonly [property: string]: unknown;
}

interface Editor {
	readonly nodes: {
		registerType<Saved>(type: string, definition: NodeDefinition<Saved>): void;
		/** A node in the editor, a config node too. */
		node(id: string): EditedNode | null;
		/** Nodes in the editor, saved or not; config nodes are not among them. */
		filterNodes(filter: { type: string }): EditedNode[];
	};
	readonly editor: {
		/** Opens the form of a config node; the name is that of a field that chose it, or empty. */
		editConfig(name: string, type: string, id: string): void;
	};
	readonly sidebar: {
		addTab(tab: SidebarTab): void;
		show(id: string): void;
	};
	readonly events: {
		on(event: "pbx:teach-word", hear: (wanted: WantedWord) => void): void;
		emit(event: "pbx:teach-word", wanted: WantedWord): void;
	};
	readonly actions: { add(name: string, run: () => void, options?: { label: string }): void };
	readonly clipboard: {
		/** Copies a text; what was done is told beside the element. */
		copyText(text: string, element: JQuery, done: string): boolean;
	};
	readonly tabs: {
		create(options: { id: string; onchange(tab: { id: string }): void }): {
			addTab(tab: { id: string; label: string }): void;
			activateTab(id: string): void;
		};
	};
	/** Tells people something beside what they do. */
	notify(text: string, type: "warning"): void;
	readonly user: { hasPermission(permission: string): boolean };
	_(key: string, values?: Record<string, string | number>): string;
}

declare global {
	const RED: Editor;
	interface JQuery extends EditorQuery {}
}
