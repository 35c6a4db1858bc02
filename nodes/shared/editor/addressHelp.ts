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

/** The server address that was meant by one that cannot be: `192.0.2.10`, `http://pbx.example/`; null where nobody can tell. */
export function meantAddress(text: string): string | null {
	const trimmed = text.trim();
	if (trimmed === "" || isVariable(trimmed) || isServerUrl(trimmed)) return null;
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
	field.on("input change", () => {
		const meant = meantAddress(String(field.val() ?? ""));
		place.empty().toggle(meant !== null);
		if (meant === null) return;
		const take = $("<button>")
			.attr({ type: "button" })
			.addClass("red-ui-button red-ui-button-small")
			.text(meant)
			.on("click", () => void field.val(meant).trigger("change").trigger("focus"));
		place.append($("<span>").text(`${sharedText("pbx-config.tip.meant")} `), take);
	});
}
