import { type NumberPlan, readNumber } from "./numbers";

/** By what the calls with a number are found again: E.164, else its digits; empty for nobody. */
export function partyOf(number: string, plan: Pick<NumberPlan, "country" | "prefix">): string {
	return readNumber(number, plan) ?? number.replace(/\D/g, "");
}
