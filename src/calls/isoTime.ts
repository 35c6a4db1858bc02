let last = { milliseconds: Number.NaN, text: "" };

/**
 * A moment in ISO 8601, UTC. All that a frame brings was heard at one moment, and writing a date costs more than reading a
 * ticket: the last one is remembered.
 */
export function isoTime(milliseconds: number): string {
	if (milliseconds !== last.milliseconds) last = { milliseconds, text: new Date(milliseconds).toISOString() };
	return last.text;
}
