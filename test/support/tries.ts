/** How many of something a test tries: all of them, or with `TEST_EFFORT=low`, as when code is changed on purpose, a few. */
export function tries(many: number): number {
	return process.env.TEST_EFFORT === "low" ? Math.ceil(many / 20) : many;
}
