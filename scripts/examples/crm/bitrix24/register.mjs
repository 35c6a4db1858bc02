/** Opens the call. Bitrix24 looks for the customer by itself, or makes a lead. */
export default function register(msg, env) {
	const { call } = msg;
	const { id } = call.crm.user;
	msg.requestTimeout = 10_000;
	msg.method = "POST";
	msg.url = `${env.get("BITRIX24_WEBHOOK").replace(/\/$/, "")}/telephony.externalcall.register.json`;
	msg.headers = { "content-type": "application/json" };
	msg.payload = {
		...(id === "" ? { USER_PHONE_INNER: call.extension } : { USER_ID: id }),
		PHONE_NUMBER: call.crm.number || "anonymous",
		// 1 goes out, 2 comes in.
		TYPE: call.direction === "outbound" ? 1 : 2,
		CALL_START_DATE: call.startedAt ?? call.at,
		SHOW: 0,
	};
	return [msg, null, null];
}
