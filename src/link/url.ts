import { PbxError } from "../errors";

/**
 * Checks a server address and gives it back, trimmed.
 *
 * @throws PbxError `invalid-url` unless it is `ws://host[:port][/path]` or `wss://…`, without user, password or `#`
 */
export function checkServerUrl(text: string): string {
	const trimmed = text.trim();
	const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
	const usable =
		url !== null && /^wss?:$/.test(url.protocol) && url.hostname !== "" && url.username === "" && url.password === "";
	if (usable && !trimmed.includes("#")) return trimmed;
	throw new PbxError("invalid-url", "The server address must look like ws://host:9300 or wss://host:9300");
}
