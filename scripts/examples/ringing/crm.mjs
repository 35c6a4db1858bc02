/** As *http request* would leave it: the call that the address names is made, or changed. */
export default function crm(msg, flow) {
	const id = decodeURIComponent(msg.url.split("/").at(-1));
	const calls = flow.get("calls") ?? [];
	const known = calls.find((call) => call.id === id);
	const others = calls.filter((call) => call.id !== id);
	// What is over stays over: a late word of the ringing changes nothing.
	if (known?.state !== "over" || msg.payload.state === "over")
		flow.set("calls", [...others, { ...known, ...msg.payload, id }].slice(-50));
	return Object.assign(msg, { statusCode: 200, payload: { id } });
}
