import type { CurrentCall } from "../../src/messages";
import { sharedText } from "../shared/editor/api";

/** `0:34`, `12:05`, `3:00:00`; longer than a day in days. */
export function duration(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600), Math.floor(seconds / 60)];
	if (days > 0) return sharedText("sidebar.days", { count: days });
	const two = (value: number) => String(value % 60).padStart(2, "0");
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Whether numbers are hidden, as on a screen that others see. */
export const masking = { isOn: localStorage.getItem("pbx-sidebar-mask") === "1" };

/** Turns the hiding of numbers on or off, in this browser from now on. */
export function setMasking(isOn: boolean): void {
	masking.isOn = isOn;
	localStorage.setItem("pbx-sidebar-mask", isOn ? "1" : "0");
}

/** A caller's number as people are to see it. */
export function shownNumber({ number, anonymous }: Pick<CurrentCall, "number" | "anonymous">): string {
	if (number === null) return sharedText("sidebar.nobody");
	if (anonymous) return sharedText("status.withheld");
	return masking.isOn ? masked(number) : number;
}

/** Hides the digits of a text, but the last two of each run of them; a number given is hidden however it is grouped. */
export function masked(text: string, display?: string): string {
	const hidden = display ? text.replaceAll(display, display.replace(/\d(?=(?:\D*\d){2})/g, "•")) : text;
	return hidden.replace(/\d{3,}/g, (digits) => "•".repeat(digits.length - 2) + digits.slice(-2));
}
