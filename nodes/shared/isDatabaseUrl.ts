/** Whether a text is the address of a PostgreSQL database, without a password: that would stand in every flow file. */
export function isDatabaseUrl(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname, pathname, password, search } = new URL(text);
	return (
		/^postgres(ql)?:$/.test(protocol) &&
		hostname !== "" &&
		pathname.length > 1 &&
		password === "" &&
		!/pass/i.test(search)
	);
}
