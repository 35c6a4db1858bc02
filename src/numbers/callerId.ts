import { fold, type Vocabulary } from "../protocol/vocabulary";

/** The other party, as a ticket names it. */
export interface Caller {
	/** As sent, without a name beside it; empty where it was blank. */
	readonly number: string;
	readonly name: string | null;
}

/** Longer ones are no callers. */
const LONGEST = 256;
const NAME_AND_ADDRESS = /^(?:"([^"]*)"|([^<>"]*?))\s*<([^<>]*)>$/;
const NUMBER_AND_NAME = /^([+\d][\d\s./-]*)\s*\(([^()]*\p{L}[^()]*)\)$/u;
const SIP = /^sips?:/i;

/** The user part of `sip:600123456@pbx.example;user=phone`; any other text as it is. */
function withoutHost(text: string): string {
	const plain = text.trim().replace(SIP, "");
	const at = plain.indexOf("@");
	return (at === -1 ? plain : plain.slice(0, at)).replace(/;.*$/, "").trim();
}

/** What a caller is called in words, as `withheld` holds them: without brackets and quotes. */
function bare(text: string): string {
	return withoutHost(text.replace(/^["'<(\s]+|["'>)\s]+$/g, ""));
}

/** Whether a text says that the caller withholds the number: blank, zeros, or a word for it (protocol 3). */
export function isWithheld(number: string, words: Vocabulary): boolean {
	const [, , , address] = NAME_AND_ADDRESS.exec(number.length > LONGEST ? "" : number.trim()) ?? [];
	const text = bare(address ?? number);
	return text === "" || /^0+$/.test(text) || words.withheld.has(fold(text));
}

/**
 * Reads a caller as a ticket sends it: `"Ana López" <600123456>`, `Ana <sip:600123456@pbx>`, `600123456`. A text that is not
 * of such a form is the number as it is. Never throws.
 */
export function readCaller(sent: string, words: Vocabulary): Caller {
	if (sent.length > LONGEST || !/[<(@"]/.test(sent)) return { number: sent, name: null };
	const text = sent.trim();
	const [, quoted, plain, address] = NAME_AND_ADDRESS.exec(text) ?? [];
	if (address !== undefined) {
		const number = withoutHost(address);
		const name = (quoted ?? plain ?? "").trim();
		// `Anonymous <anonymous>`, `<unknown>`: nobody is named, and what stands there is kept as it was sent.
		if (isWithheld(number, words)) return { number: sent, name: null };
		return { number, name: name === "" || name === number || isWithheld(name, words) ? null : name };
	}
	const [, number, name] = NUMBER_AND_NAME.exec(text) ?? [];
	if (number !== undefined && name !== undefined) return { number: number.trim(), name: name.trim() };
	return { number: SIP.test(text) ? withoutHost(text) : sent, name: null };
}

/** Whether a text in the place of a caller is none: no number, nor a word for a withheld one. */
export function isNoCaller(text: string, words: Vocabulary): boolean {
	return !/\d/.test(text) && !isWithheld(text, words);
}
