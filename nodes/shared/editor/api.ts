import type { PbxEvent } from "../../../src/messages";
import type { LiveExtension, LiveView, UnknownWord } from "../../admin/contract";

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

/** What the board of a PBX has heard of; nothing where it is not deployed. */
export async function heardExtensions(pbx: string): Promise<LiveExtension[]> {
	if (!pbx || pbx === "_ADD_") return [];
	try {
		return await $.getJSON(`pbx/${encodeURIComponent(pbx)}/extensions`);
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

/** What the sidebar shows. */
export async function fetchLive(after: string): Promise<LiveView> {
	return await $.getJSON("pbx/live", { after });
}

/** Tells a simulator what to do. Rejects with the sentence that says why it cannot. */
export async function commandSimulator(id: string, command: object): Promise<void> {
	const options = { method: "POST", contentType: "application/json", data: JSON.stringify(command) };
	const request = $.ajax({ ...options, url: `pbx/simulators/${encodeURIComponent(id)}` });
	await request.catch((failed: JQuery.jqXHR) => {
		throw new Error(String(failed.responseJSON?.message ?? failed.statusText));
	});
}
