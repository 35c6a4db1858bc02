const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder("latin1");

/**
 * The text of a frame. The server passes bytes on unchecked, so what is not UTF-8 is read as Latin-1 (protocol 1).
 * Never throws.
 */
export function frameText(bytes: Uint8Array): string {
	try {
		return utf8.decode(bytes);
	} catch {
		return latin1.decode(bytes);
	}
}
