import type { LiveParty } from "../admin/contract";
import { sharedText } from "../shared/editor/api";

/** What is no sign of its own: control characters, and what turns the direction of the text around it. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name or number from outside, as one line that changes nothing around it. */
export function plain(text: string): string {
	const seen = text.replace(UNSEEN, "");
	return RIGHT_TO_LEFT.test(seen) ? `\u2068${seen}\u2069` : seen;
}

/** A ticket as it came, with a sign for what cannot be seen. */
export function escaped(text: string): string {
	return text.replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** `0:34`, `12:05`, `3:00:00`; longer than a day in days. */
export function duration(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600), Math.floor(seconds / 60)];
	if (days > 0) return sharedText("sidebar.days", { count: days });
	const two = (value: number) => String(value % 60).padStart(2, "0");
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** The time of a moment (ISO 8601), with its day where that is not today. */
export function clockTime(at: string, now: number): string {
	const [language = "en"] = navigator.language.split("@");
	const [moment, today] = [new Date(at), new Date(now)];
	const isToday = moment.toDateString() === today.toDateString();
	const time = moment.toLocaleTimeString(language);
	return isToday ? time : `${moment.toLocaleDateString(language, { day: "2-digit", month: "2-digit" })} ${time}`;
}

/** Whether numbers are hidden, as on a screen that others see. */
export const masking = { isOn: localStorage.getItem("pbx-sidebar-mask") === "1" };

/** Turns the hiding of numbers on or off, in this browser from now on. */
export function setMasking(isOn: boolean): void {
	masking.isOn = isOn;
	localStorage.setItem("pbx-sidebar-mask", isOn ? "1" : "0");
}

/** The other end of a call as people are to see it: a name where there is one, and the number. */
export function shownParty({ number, name, anonymous }: Pick<LiveParty, "number" | "name" | "anonymous">): string {
	if (anonymous) return sharedText("status.withheld");
	if (masking.isOn) return number ? masked(plain(number)) : sharedText("sidebar.nobody");
	const shown = [name, number ?? ""].map(plain).filter((text) => text !== "");
	return shown.length > 0 ? shown.join(" · ") : sharedText("sidebar.nobody");
}

/** Hides the digits of a text, but the last two of each run of them; a number given is hidden however it is grouped. */
export function masked(text: string, display?: string): string {
	const hidden = display ? text.replaceAll(display, display.replace(/\d(?=(?:\D*\d){2})/g, "•")) : text;
	return hidden.replace(/\d{3,}/g, (digits) => "•".repeat(digits.length - 2) + digits.slice(-2));
}
