// The JSON Schema of all messages, made of their types; the build publishes it, and tests judge messages by it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createGenerator } from "ts-json-schema-generator";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

export function messagesSchema() {
	const generator = createGenerator({
		path: join(root, "src/messages.ts"),
		type: "Payload",
		// Where anybody can fetch it once that version is published.
		schemaId: `https://unpkg.com/${name}@${version}/dist/messages.schema.json`,
		skipTypeCheck: true,
	});
	const schema = generator.createSchema("Payload");
	// What stands beside the payload.
	Object.assign(schema.definitions, generator.createSchema("NumberHistory").definitions);
	return schema;
}
