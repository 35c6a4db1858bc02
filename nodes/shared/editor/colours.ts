/** What colours mean in our forms; kept together, so that what is wrong looks alike wherever it shows. */
export const COLOURS = { good: "#3f8f4f", attention: "#c77700", bad: "#c0392b" } as const;
