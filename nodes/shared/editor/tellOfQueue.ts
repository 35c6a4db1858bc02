import { type PbxLogOptions, splitList } from "../options";

type Filtered = Pick<PbxLogOptions, "pbx" | "queue" | "extensions"> & {
	readonly directions: readonly string[];
	readonly outcomes: readonly string[];
};

/** What a node takes, as one text whatever the order in which it was entered. */
function filterOf({ extensions, directions, outcomes }: Partial<Filtered>): string {
	return JSON.stringify(
		[splitList(extensions ?? ""), directions ?? [], outcomes ?? []].map((each) => [...each].sort()),
	);
}

/** Whether another node shares the queue and takes other calls: each skips for both what it does not take. */
function hasRival(id: string, own: Filtered): boolean {
	const queue = own.queue.trim();
	if (queue === "") return false;
	return RED.nodes.filterNodes({ type: "pbx-log" }).some((node) => {
		const other = node as Partial<Filtered>;
		const isShared = node.id !== id && node.d !== true && other.pbx === own.pbx && other.queue?.trim() === queue;
		return isShared && filterOf(other) !== filterOf(own);
	});
}

/**
 * Shows a warning while the queue in the form is shared with a node that filters otherwise.
 *
 * @param id      the node whose form it is
 * @param inForm  what stands in the form
 */
export function tellOfQueue(warning: JQuery, id: string, inForm: () => Filtered): void {
	const look = () => void warning.toggle(hasRival(id, inForm()));
	warning.closest("form").on("input change", look);
	look();
}
