/** Writes the call under an id of its own: a second time it is refused with 412, as it is there. */
export default function record(msg, flow, env, crypto) {
	const { call } = msg;
	if (!/^2/.test(msg.statusCode ?? "2")) return [null, msg];
	const contact = msg.payload?.value?.[0]?.contactid;
	const { id: user } = call.crm.user;
	const isOutbound = call.direction === "outbound";
	// 1 is who calls, 2 who is called.
	const parties = [];
	if (contact !== undefined)
		parties.push({ "partyid_contact@odata.bind": `/contacts(${contact})`, participationtypemask: isOutbound ? 2 : 1 });
	if (user !== "")
		parties.push({
			"partyid_systemuser@odata.bind": `/systemusers(${user})`,
			participationtypemask: isOutbound ? 1 : 2,
		});
	// The id that the call is to have: the same for the same key, every time.
	const hash = crypto.createHash("sha1").update(call.key).digest("hex");
	const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
	msg.method = "PATCH";
	msg.url = `${env.get("DYNAMICS_URL")}/api/data/v9.2/phonecalls(${id})`;
	msg.headers = {
		authorization: `Bearer ${flow.get("token")}`,
		accept: "application/json",
		"content-type": "application/json",
		"if-none-match": "*",
	};
	msg.payload = {
		subject: call.crm.subject,
		description: call.crm.summary,
		phonenumber: call.crm.number,
		directioncode: isOutbound,
		actualstart: call.startedAt ?? call.at,
		actualend: call.endedAt ?? call.at,
		// Whole minutes, rounded up.
		actualdurationminutes: Math.ceil(call.crm.seconds / 60),
		phonecall_activity_parties: parties,
	};
	return [msg, null];
}
