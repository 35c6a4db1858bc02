import type { DialNumber, Extension, Key, Tenant } from "./address";

/** The answer to `(???,CONECTADO)`: who we are, with the key (protocol 2). Holds the secret: never log it. */
export function loginWithKey(tenant: Tenant, extension: Extension, key: Key): string {
	return `${tenant}/${extension}, ${key} `;
}

/** {@link loginWithKey} as people may see it: without the key. */
export function loginShown(tenant: Tenant, extension: Extension): string {
	return `${tenant}/${extension}, *** `;
}

/** The answer to `(ID?,CONECTADO)`: who we are; the server knows this address already (protocol 2). */
export function loginKnown(tenant: Tenant, extension: Extension): string {
	return `${tenant}, ${extension}`;
}

/** Asks the PBX to call a number from this connection's extension (protocol 4). */
export function callRequest(number: DialNumber): string {
	return ` (call, ${number})`;
}

/** Asks for the state of an extension (protocol 4). */
export function statusRequest(extension: Extension): string {
	return ` (status, ${extension} ) `;
}
