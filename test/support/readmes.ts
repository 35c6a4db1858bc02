/** The README in each language, the English one first. */
export const READMES = ["README.md", "README.es.md", "README.pt.md"] as const;
