import type { HeardExtension } from "../../admin/contract";
import { heardExtensions, sharedText } from "./api";
import { COLOURS } from "./colours";
import type { Completion, CompletionSearch, TextType } from "./red";

/** Colours of the phones' states, as on a switchboard; the word stands beside them. */
const STATE_COLOURS: Readonly<Record<HeardExtension["state"], string>> = {
	idle: COLOURS.good,
	ringing: COLOURS.attention,
	busy: COLOURS.bad,
	unknown: "#7a7a7a",
};

function row({ extension, state }: HeardExtension): JQuery {
	const dot = $("<span>").css({
		...{ display: "inline-block", width: "9px", height: "9px", borderRadius: "50%", margin: "0 8px 0 2px" },
		background: STATE_COLOURS[state],
	});
	const word = $("<span>")
		.css({ marginLeft: "10px", opacity: 0.7 })
		.text(sharedText(`phone.${state}`));
	return $("<div>").append(dot, $("<span>").text(extension), word);
}

/**
 * Completes extensions from what the board of the PBX chosen in the form has heard of.
 *
 * @param isList  whether the field holds several: then only the last one is completed
 */
export function extensionSearch(isList: boolean): CompletionSearch {
	return (value, done) => {
		const [, before = "", last = ""] = (isList ? /^(.*[\s,;])?([^\s,;]*)$/ : /^()(.*)$/).exec(value) ?? [];
		void heardExtensions(String($("#node-input-pbx").val() ?? ""), last).then((heard) => {
			const fit = heard.filter(({ extension }) => extension !== last);
			done(fit.map((each): Completion => ({ value: before + each.extension, label: row(each) })));
		});
	};
}

/** The fixed text of a typed input that holds an extension. */
export function extensionType(isList: boolean): TextType {
	return {
		value: "str",
		label: sharedText("label.extension"),
		icon: "red/images/typedInput/az.svg",
		autoComplete: extensionSearch(isList),
	};
}
