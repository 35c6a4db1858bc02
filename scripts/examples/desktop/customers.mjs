/** Stands in for the CRM: whom it knows, unless it is to be silent. */
export default function customers(msg, flow) {
	if (flow.get("crmDown")) return null;
	const known = new Map([
		["+34974319404", { id: "17", name: "Lucía Abadías", url: "https://example.com/?customer=17" }],
		["+34600000101", { id: "23", name: "Marc Vidal", url: "https://example.com/?customer=23" }],
	]);
	msg.payload = known.get(msg.call.crm.number) ?? {};
	return msg;
}
