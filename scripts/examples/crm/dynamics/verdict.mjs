/** The call is there already: an earlier answer was lost. */
export default function verdict(msg) {
	if (msg.statusCode === 412) msg.statusCode = 200;
}
