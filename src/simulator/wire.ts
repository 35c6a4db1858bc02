/** What nobody knows of the real PBX (protocol 7), as switches: each with its values, the first one being the default. */
export const WIRE_SWITCHES = {
	/** Whether all legs of a call have one transaction, or each its own. */
	transactions: ["same", "each"],
	/** Whether a leg that stops while its call goes on ends by a ticket, or by the idle phone alone. */
	ends: ["always", "last"],
	/** When the caller is named to a phone that picks up: before it goes busy, after, or never. */
	pickup: ["before", "after", "never"],
	/** Whether the caller is named to the phone that a call is handed over to. */
	handover: ["named", "unnamed"],
} as const;

/** How the simulated PBX puts on the wire what nobody has seen. */
export type Wire = { -readonly [Switch in keyof typeof WIRE_SWITCHES]: (typeof WIRE_SWITCHES)[Switch][number] };

/** One switch, and what it is set to. */
export type WireChange = {
	readonly [Switch in keyof Wire]: { readonly what: Switch; readonly how: Wire[Switch] };
}[keyof Wire];

/** All switches at their defaults. */
export function defaultWire(): Wire {
	return { transactions: "same", ends: "always", pickup: "before", handover: "named" };
}

/** A switch and a value as somebody wrote them; null where there is none of the kind. */
export function readWireChange(what: unknown, how: unknown): WireChange | null {
	for (const [name, values] of Object.entries(WIRE_SWITCHES)) {
		const value = values.find((each) => each === how);
		if (name === what && value !== undefined) return { what: name, how: value } as WireChange;
	}
	return null;
}
