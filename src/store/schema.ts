/** A call's record, once for each key. */
export interface CallsTable {
	/** `<tenant>/<callId>`. */
	key: string;
	tenant: string;
	direction: string;
	outcome: string;
	/** The other party: E.164, else the digits as sent; empty where nobody knows. */
	party: string;
	/** Who answered last, else who rang first. */
	extension: string;
	/** All extensions with a leg, between commas: `,11,12,`. */
	extensions: string;
	/** Empty for none. */
	queue: string;
	/** When it began, in milliseconds since 1970; when it was recorded, where that is not known. */
	started_at: number;
	recorded_at: number;
	/** Seconds; null where they are not known. */
	wait_seconds: number | null;
	talk_seconds: number | null;
	/** How much is known of it: of two records of one call the richer one stays. */
	richness: number;
	/** The event, as JSON. */
	record: string;
}

/** What is known of a call that goes on, to be taken up after a restart. */
export interface ActiveCallsTable {
	id: string;
	/** Of which account. */
	account: string;
	/** Which process follows it. */
	gateway: string;
	/** As JSON. */
	data: string;
}

/** When a connection was last known to be heard. */
export interface HeardTable {
	account: string;
	gateway: string;
	extension: string;
	/** In milliseconds since 1970. */
	at: number;
}

/** Who wants every record. */
export interface QueuesTable {
	tenant: string;
	queue: string;
}

/** Where the delivery of a record to a queue stands. */
export type DeliveryState = "waiting" | "sent" | "delivered" | "given-up" | "skipped";

/** One for each record and queue. */
export interface DeliveriesTable {
	queue: string;
	key: string;
	tenant: string;
	state: DeliveryState;
	recorded_at: number;
	/** Tries so far. */
	attempt: number;
	/** Not to be tried before, in milliseconds since 1970. */
	due_at: number;
	/** Who tries it, and until when nobody else may. */
	lease_owner: string | null;
	lease_until: number;
	/** When it was first tried; 0 for never. */
	first_tried_at: number;
	/** Why the last try came to nothing. */
	reason: string;
}

/** Whom a look-up found behind a number. */
export interface ContactsTable {
	tenant: string;
	number: string;
	/** The contact, as JSON. */
	contact: string;
	/** In milliseconds since 1970. */
	until: number;
}

/** The call log's tables; all moments are integers. */
export interface Schema {
	calls: CallsTable;
	active_calls: ActiveCallsTable;
	heard: HeardTable;
	queues: QueuesTable;
	deliveries: DeliveriesTable;
	contacts: ContactsTable;
}
