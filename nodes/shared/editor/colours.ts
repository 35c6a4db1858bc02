/** What colours mean in our forms: dark enough to be read on Node-RED's light grounds, and light enough on its dark ones. */
export const COLOURS = { good: "#3f8f4f", attention: "#c77700", bad: "#c0392b" } as const;
