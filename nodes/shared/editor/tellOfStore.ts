import type { PbxConfigOptions } from "../options";

/** Shows a hint while the PBX that is chosen in the form keeps no call log. */
export function tellOfStore(tip: JQuery): void {
	const look = () => {
		const id = String($("#node-input-pbx").val() ?? "");
		const config = RED.nodes.node(id);
		tip.toggle(
			config?.type === "pbx-config" && ((config.store as PbxConfigOptions["store"] | undefined) ?? "none") === "none",
		);
	};
	$("#node-input-pbx").on("change", look);
	look();
}
