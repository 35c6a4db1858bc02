import { checkServerUrl } from "../../../src/link/url";
import { DEFAULT_PORT } from "../options";
import { sharedText } from "./api";
import { isVariable } from "./validators";

function isServerUrl(text: string): boolean {
	try {
		checkServerUrl(text);
		return true;
	} catch {
		return false;
	}
}

/** Port 80 is nobody's PBX: the port was forgotten. */
function lacksPort(text: string): boolean {
	return /^ws:\/{1,3}[^/:?]+\/?$/i.test(text);
}

/**
 * The server address that was meant by one that cannot be, or hardly: `192.0.2.10`, `http://pbx.example/`, `ws://pbx.example`;
 * null where nobody can tell.
 */
export function meantAddress(text: string): string | null {
	const trimmed = text.trim();
	if (trimmed === "" || isVariable(trimmed)) return null;
	if (isServerUrl(trimmed) && !lacksPort(trimmed)) return null;
	const [, scheme = "", rest = ""] = /^(?:([a-z][a-z+.-]*):\/{0,3}(?!\d+$))?(.+)$/i.exec(trimmed) ?? [];
	const [, host = "", port = String(DEFAULT_PORT)] =
		/^(\[[\da-f:]+\]|[\w.-]+)(?::(\d{1,5}))?(?:[/?#].*)?$/i.exec(rest) ?? [];
	if (host === "") return null;
	const isSecure = /^(https|wss)$/i.test(scheme);
	const meant = `${isSecure ? "wss" : "ws"}://${host}:${port}`;
	return isServerUrl(meant) ? meant : null;
}

/** Offers, below the field of the server, the address that was meant: one click takes it. */
export function helpWithAddress(field: JQuery, place: JQuery): void {
	const take = $("<button>")
		.attr({ type: "button" })
		.addClass("red-ui-button red-ui-button-small")
		.on("click", () => void field.val(take.text()).trigger("change").trigger("focus"));
	place.append($("<span>").text(`${sharedText("pbx-config.tip.meant")} `), take);
	// The click itself leaves the field, which is a change: the button has to outlive it.
	field.on("input change", () => {
		const meant = meantAddress(String(field.val() ?? ""));
		place.toggle(meant !== null);
		if (meant !== null) take.text(meant);
	});
}
