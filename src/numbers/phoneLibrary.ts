import type * as Library from "libphonenumber-js/min";

let library: typeof Library | null = null;
let detailed: typeof Library | null = null;

/** The library of numbers with its metadata, loaded when the first number is read: it takes longer than all the rest. */
export function phoneLibrary(): typeof Library {
	library ??= require("libphonenumber-js/min") as typeof Library;
	return library;
}

/** The same with all there is to know of numbers, such as what kind they are: more still, and loaded only where that is asked. */
export function detailedPhoneLibrary(): typeof Library {
	detailed ??= require("libphonenumber-js/max") as typeof Library;
	return detailed;
}
