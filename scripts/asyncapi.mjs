// The events as an AsyncAPI 3 document: who wires `mqtt out` behind a `pbx in` publishes exactly these topics.

/** What stands behind a reference within the schema. */
function resolved(schema, { $ref, ...plain }) {
	return $ref ? resolved(schema, schema.definitions[$ref.split("/").pop()]) : plain;
}

/** The event names of one member of the union. */
function eventsOf(schema, definition) {
	const event = resolved(schema, definition.properties.event);
	return event.enum ?? [event.const];
}

/** References of the JSON Schema as those of an AsyncAPI document. */
function moved(schema) {
	return JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', '"#/components/schemas/'));
}

/** `call.ringing` as the name of a channel, message or operation. */
function camel(event) {
	return event.replace(/\.(.)/, (_, letter) => letter.toUpperCase());
}

/** @param schema the JSON Schema of the messages; @param manifest package.json */
export function asyncApi(schema, manifest) {
	const events = resolved(schema, schema.definitions.PbxEvent).anyOf.flatMap(({ $ref }) => {
		const name = $ref.split("/").pop();
		return eventsOf(schema, schema.definitions[name]).map((event) => ({ event, name }));
	});
	const parameters = {
		tenant: { description: "The tenant of the PBX configuration." },
		extension: { description: "The extension that the event is about; 999 is the monitor." },
	};
	return {
		asyncapi: "3.0.0",
		id: schema.$id.replace("messages.schema.json", "asyncapi.json"),
		info: {
			title: manifest.name,
			version: manifest.version,
			description: manifest.description,
			license: { name: manifest.license },
		},
		defaultContentType: "application/json",
		channels: Object.fromEntries(
			events.map(({ event }) => [
				camel(event),
				{
					address: `pbx/{tenant}/{extension}/${event.replace(".", "/")}`,
					messages: { [camel(event)]: { $ref: `#/components/messages/${camel(event)}` } },
					parameters,
				},
			]),
		),
		operations: Object.fromEntries(
			events.map(({ event }) => [
				`send${camel(event)[0].toUpperCase()}${camel(event).slice(1)}`,
				{ action: "send", channel: { $ref: `#/channels/${camel(event)}` } },
			]),
		),
		components: {
			messages: Object.fromEntries(
				events.map(({ event, name }) => [
					camel(event),
					{
						name: event,
						summary: schema.definitions[name].description ?? event,
						payload: {
							allOf: [
								{ $ref: `#/components/schemas/${name}` },
								{ type: "object", properties: { event: { const: event } } },
							],
						},
					},
				]),
			),
			schemas: moved(schema.definitions),
		},
	};
}
