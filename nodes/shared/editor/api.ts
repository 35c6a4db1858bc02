import type { PbxEvent } from "../../../src/messages";
import type {
	DeliveryCommand,
	HeardExtension,
	LiveAnswer,
	LiveRequest,
	TraceState,
	UnknownWord,
} from "../../admin/contract";

/** The texts that several forms need stand in the catalog of the config node. */
export function sharedText(key: string, values?: Record<string, string | number>): string {
	return RED._(`@meetip/node-red-pbx/pbx-config:${key}`, values);
}

/** The run time's answer is read as it comes: `hear` gets each line. Gives what breaks it off. */
export function postForLines(path: string, body: object, hear: (line: string) => void, over: () => void): () => void {
	let read = 0;
	const request = $.ajax({
		url: path,
		method: "POST",
		contentType: "application/json",
		data: JSON.stringify(body),
		dataType: "text",
		// jQuery adds the editor's access token by itself.
		xhr: () => {
			const xhr = new XMLHttpRequest();
			const take = () => {
				const end = xhr.responseText.lastIndexOf("\n") + 1;
				for (const line of xhr.responseText.slice(read, end).split("\n")) if (line !== "") hear(line);
				read = Math.max(read, end);
			};
			xhr.addEventListener("progress", take);
			xhr.addEventListener("load", take);
			return xhr;
		},
	});
	request.always(over);
	return () => request.abort();
}

/** The extensions that the board of a PBX has heard of and that begin with a text; none where it is not deployed. */
export async function heardExtensions(pbx: string, start: string): Promise<HeardExtension[]> {
	if (!pbx || pbx === "_ADD_") return [];
	try {
		return await $.getJSON(`pbx/${encodeURIComponent(pbx)}/extensions`, { start });
	} catch {
		// Completion is a help, not a need.
		return [];
	}
}

/** The words that a PBX has used and that nobody knows; none where it is not deployed. */
export async function heardWords(pbx: string): Promise<UnknownWord[]> {
	try {
		return await $.getJSON(`pbx/${encodeURIComponent(pbx)}/words`);
	} catch {
		// They are offered, no more.
		return [];
	}
}

/** The last event of each name that a PBX has told since somebody looks; none where it is not deployed. */
export async function lastEvents(pbx: string): Promise<PbxEvent[]> {
	if (!pbx || pbx === "_ADD_") return [];
	try {
		return await $.getJSON(`pbx/${encodeURIComponent(pbx)}/last-events`);
	} catch {
		// An example serves as well.
		return [];
	}
}

/** What has changed in the sidebar. */
export async function fetchLive({ parts, ...request }: LiveRequest): Promise<LiveAnswer> {
	return await $.getJSON("pbx/live", { ...request, parts: parts.join(",") });
}

/** Posts a command. Rejects with the sentence that says why it cannot be done. */
async function post(path: string, command: object): Promise<void> {
	const options = { method: "POST", contentType: "application/json", data: JSON.stringify(command) };
	await $.ajax({ ...options, url: path }).catch((failed: JQuery.jqXHR) => {
		throw new Error(String(failed.responseJSON?.message ?? failed.statusText));
	});
}

/** Tells a simulator what to do. Rejects with the sentence that says why it cannot. */
export async function commandSimulator(id: string, command: object): Promise<void> {
	await post(`pbx/simulators/${encodeURIComponent(id)}`, command);
}

/** Tries again, or gives up, what a `pbx-log` has not delivered. Rejects with the sentence that says why it cannot. */
export async function commandDeliveries(id: string, command: DeliveryCommand): Promise<void> {
	await post(`pbx/log/${encodeURIComponent(id)}`, command);
}

/** How the trace of a PBX is. Rejects where it is not deployed. */
export async function traceState(pbx: string): Promise<TraceState> {
	return await $.getJSON(`pbx/${encodeURIComponent(pbx)}/trace`);
}

/** Begins or ends a trace. Rejects with the sentence that says why it cannot. */
export async function commandTrace(pbx: string, action: "start" | "stop"): Promise<void> {
	await post(`pbx/${encodeURIComponent(pbx)}/trace`, { action });
}

/** What was recorded, as a file. */
export async function traceFile(pbx: string, masks: boolean): Promise<string> {
	const url = `pbx/${encodeURIComponent(pbx)}/trace/file`;
	const body = { method: "POST", contentType: "application/json", data: JSON.stringify({ masks }), dataType: "text" };
	return await $.ajax({ ...body, url });
}

/** How a PBX is, as text for a report of a fault. */
export async function diagnostics(pbx: string): Promise<string> {
	return await $.ajax({ url: `pbx/${encodeURIComponent(pbx)}/diagnostics`, dataType: "text" });
}
