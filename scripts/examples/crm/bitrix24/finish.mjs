/** Closes the call that was opened. */
export default function finish(msg, env) {
	const { call } = msg;
	const opened = msg.payload?.result?.CALL_ID;
	if (!/^2/.test(msg.statusCode) || opened === undefined) return [null, msg];
	const { id } = call.crm.user;
	msg.url = `${env.get("BITRIX24_WEBHOOK").replace(/\/$/, "")}/telephony.externalcall.finish.json`;
	msg.headers = { "content-type": "application/json" };
	msg.payload = {
		CALL_ID: opened,
		...(id === "" ? { USER_PHONE_INNER: call.extension } : { USER_ID: id }),
		DURATION: call.crm.seconds,
		STATUS_CODE: { answered: "200", busy: "486", failed: "503" }[call.outcome] ?? "304",
	};
	return [msg, null];
}
