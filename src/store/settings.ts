/** Where the call log is kept. */
export type StoreSettings =
	| { readonly kind: "file"; readonly file: string }
	/** `password` is not in the address, which is shown. */
	| { readonly kind: "postgresql"; readonly url: string; readonly password: string };

/** The whole address: what stands in it comes before what stands beside it. Never shown. */
export function addressOf({ url, password }: Extract<StoreSettings, { kind: "postgresql" }>): string {
	const address = new URL(url);
	if (password !== "") address.password = encodeURIComponent(password);
	return address.href;
}
