/** The calls that were opened for this record, its own first; each is closed by a request. */
export default function toBeClosed(msg) {
	const { key, tenant, legs, crm, outcome, direction, extension } = msg.call;
	// A leg's id is the id that its call was opened by, then the extension.
	const idOf = (leg) => `${tenant}/${leg.legId.slice(0, leg.legId.lastIndexOf(`/${leg.extension}`))}`;
	const ids = new Set(legs.map(idOf));
	ids.delete(key);
	const facts = { state: "over", outcome, direction, extension, number: crm.number, subject: crm.subject };
	const times = { started: crm.started, ended: crm.ended, seconds: crm.seconds };
	const others = [...ids].map((id) => ({ id, body: { state: "over", partOf: key } }));
	msg.close = [{ id: key, body: { ...facts, ...times } }, ...others];
	return msg;
}
