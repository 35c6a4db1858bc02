import assert from "node:assert/strict";

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const TYPES = ["counter", "gauge", "histogram", "summary"];
const LABELS = /^(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,(?!$)|$))*$/;

/**
 * Reads Prometheus' text form, strictly: each metric has one HELP and one TYPE before its samples, which stand together;
 * names and labels are of the right form, no sample comes twice.
 *
 * @returns the samples, by name with labels
 */
export function readMetrics(text: string): Map<string, number> {
	assert.ok(text.endsWith("\n"), "ends with a line feed");
	const samples = new Map<string, number>();
	const types = new Map<string, string>();
	const helped = new Set<string>();
	let current = "";
	for (const line of text.slice(0, -1).split("\n")) {
		const [, word, about = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
		if (word === "HELP") {
			assert.match(about, NAME);
			assert.ok(!helped.has(about), line);
			helped.add(about);
		} else if (word === "TYPE") {
			assert.ok(helped.has(about) && !types.has(about) && TYPES.includes(rest), line);
			types.set(about, rest);
			current = about;
		} else {
			const [, name = "", , labels = "", value = ""] = /^([^\s{]+)(\{(.*)\})? (\S+)$/.exec(line) ?? [];
			assert.match(name, NAME, line);
			assert.match(labels, LABELS, line);
			const type = types.get(current);
			const isOwn = name === current;
			const isPart = type === "histogram" && /_(bucket|sum|count)$/.test(name);
			const isSum = type === "summary" && /_(sum|count)$/.test(name);
			assert.ok(isOwn ? type !== "histogram" : name.startsWith(current) && (isPart || isSum), line);
			assert.ok(type !== "counter" || name.endsWith("_total"), line);
			assert.ok(Number.isFinite(Number(value)) && value !== "", line);
			const key = labels === "" ? name : `${name}{${labels}}`;
			assert.ok(!samples.has(key), line);
			samples.set(key, Number(value));
		}
	}
	return samples;
}
