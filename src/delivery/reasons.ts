/** Reasons of ours why a record is not delivered; the others are what the flow or the server said. */
export const REASONS = {
	/** The flow has said nothing of it in time. */
	late: "no answer in time",
	/** The flow has sent a message back that holds no `statusCode`. */
	silent: "no statusCode",
	/** Somebody gave it up. */
	byHand: "given up by hand",
} as const;
