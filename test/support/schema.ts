import assert from "node:assert/strict";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { messagesSchema } from "../../scripts/messagesSchema.mjs";

/** The JSON Schema of the messages, made of the types as they are now; the build publishes the same. */
export const SCHEMA = messagesSchema();

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
addFormats(ajv);

/** One definition of the schema at a time: of the whole union the faults could not be read. */
const DEFINITIONS: Readonly<Record<string, string>> = {
	"call.ringing": "LegEvent",
	"call.answered": "LegEvent",
	"call.ended": "LegEvent",
	"call.record": "CallRecord",
	"dial.progress": "DialProgressEvent",
	"dial.result": "DialResult",
	"web.command": "WebCommandEvent",
	"link.state": "LinkStateEvent",
	"link.gap": "LinkGapEvent",
	unrecognised: "UnrecognisedEvent",
	"history.forgotten": "Forgotten",
	"simulator.frame": "SimulatorFrame",
};
ajv.addSchema(SCHEMA);

function definitionOf(payload: { event: string }): string {
	if (payload.event === "extension.state") return "source" in payload ? "StatusResult" : "ExtensionStateEvent";
	if ("misses" in payload) return "UnreturnedCall";
	return DEFINITIONS[payload.event] ?? "";
}

function isOurs(payload: unknown): payload is { event: string } {
	return typeof payload === "object" && payload !== null && typeof Object(payload).event === "string";
}

/** Fails where a payload that came from a node of this package is none that the schema describes. */
export function assertPayload(payload: unknown): void {
	if (Array.isArray(payload)) {
		for (const each of payload) assertPayload(each);
		return;
	}
	if (!isOurs(payload)) return;
	const validate = ajv.getSchema(`${SCHEMA.$id}#/definitions/${definitionOf(payload)}`);
	assert.ok(validate, `the schema knows no event ${payload.event}`);
	assert.ok(validate(payload), `${ajv.errorsText(validate.errors)} in ${JSON.stringify(payload)}`);
}
