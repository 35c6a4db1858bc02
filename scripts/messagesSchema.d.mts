/** What the JSON Schema of all messages is made of, as far as tests look at it. */
export interface MessagesSchema {
	readonly $id: string;
	readonly definitions: Readonly<Record<string, { readonly properties: Readonly<Record<string, object>> }>>;
}

export function messagesSchema(): MessagesSchema;
