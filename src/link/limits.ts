/** The deadlines and caps of a link, in milliseconds unless named otherwise. */
export const LIMITS = {
	/** A refused handshake answers nothing and leaves TCP open (protocol 1). */
	handshake: 10_000,
	/** A server that does not prompt will not: give the socket up (protocol 2). */
	prompt: 10_000,
	/** Answered, open and not prompted again for so long: logged in, as far as silence can tell (protocol 2). */
	loginSilence: 2_000,
	/** The same prompt may come this often in a row before it means "refused" (protocol 2). */
	samePrompts: 2,
	/** More prompts than this within {@link promptMemory} mean "refused" too, whatever is said between them. */
	promptsAMinute: 6,
	/** Prompts this far apart are not a row. */
	promptMemory: 60_000,
	/** Our ping; the server's own pings prove nothing (protocol 1). */
	heartbeatInterval: 25_000,
	/** Neither pong nor frame for so long after a ping: the link is dead. */
	heartbeatTimeout: 10_000,
	/** A link that held so long starts its delays anew when it falls. */
	stable: 30_000,
	/** Links to one host that log in at the same time; the server takes 15 an address, dead ones included (protocol 1). */
	loginsAtOnce: 12,
	/** A host that is back wakes those that wait for their next try, at most once in so long. */
	wakeInterval: 30_000,
	/** Cut so often in a row, each time before it was stable: somebody else has the extension. */
	thrownOut: 3,
	/** How long a close frame may take before the socket is torn down. */
	closing: 1_000,
	/** Bytes of the largest frame taken; a larger one closes the link. */
	frameBytes: 1024 * 1024,
	/** Characters handled before the event loop gets its turn: some 40 tickets, which the processor's cache still holds. */
	sliceCharacters: 2_048,
	/** State requests that may wait for their turn on one link. */
	waitingRequests: 256,
} as const;
