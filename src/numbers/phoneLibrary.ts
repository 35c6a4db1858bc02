import type * as Library from "libphonenumber-js/min";

let library: typeof Library | null = null;

/** The library of numbers with its metadata, loaded when the first number is read: it takes longer than all the rest. */
export function phoneLibrary(): typeof Library {
	library ??= require("libphonenumber-js/min") as typeof Library;
	return library;
}
