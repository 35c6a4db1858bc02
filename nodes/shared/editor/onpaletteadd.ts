import { sharedText } from "./api";

/**
 * What the editor calls when a type is in the palette: it is found there by what people call such things in their language,
 * too, as by its name.
 */
export function onpaletteadd(this: { readonly type: string }): void {
	const node = $(`.red-ui-palette-node[data-palette-type="${this.type}"]`);
	// The search looks at nothing but this attribute and the type.
	node.attr("data-palette-label", `${node.attr("data-palette-label") ?? ""} ${sharedText("pbx-config.palette-words")}`);
}
