/** Of a saved list, what there is. */
export function chosen<Value extends string>(saved: unknown, known: readonly Value[]): ReadonlySet<Value> {
	return new Set(Array.isArray(saved) ? known.filter((value) => saved.includes(value)) : []);
}
