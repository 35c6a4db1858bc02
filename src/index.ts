/** What programs can import from this package: the messages' types and the names in them. */

export type { PbxErrorCode } from "./errors";
export { CALL_EVENTS, DIRECTIONS, EVENT_NAMES, type EventName, isEventName, OUTCOMES, topicOf } from "./eventNames";
export type * from "./messages";
