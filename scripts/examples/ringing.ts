import { CRM_URL, FOR_NO_OTHER_SITE, log, REAL_CRM, request, requestOf } from "./delivery";
import { bodyOf, Flow } from "./flow";

const PORT = 9310;
const put = (id: string, payload: string) => [
	{ p: "url", to: `$env("CRM_URL") & "/calls/" & $encodeUrlComponent(${id})`, tot: "jsonata" },
	{ p: "method", to: "PUT", tot: "str" },
	{ p: "payload", to: payload, tot: "jsonata" },
];
const LEG_KEY = 'call.tenant & "/" & call.callId';

function live(flow: Flow): void {
	flow.comment([40, 100], "1. It rings, somebody answers: the CRM opens the call, and shows who talks", {
		en: "Told as it happens, once: what does not arrive is not tried again, as the record below brings it all. `PUT` with the same id opens, or changes, one and the same call.",
		es: "Se dice en el momento, una vez: lo que no llega no se reintenta, porque el registro de abajo lo trae todo. `PUT` con la misma id abre, o cambia, una misma llamada.",
		pt: "Diz-se no momento, uma vez: o que não chega não volta a ser tentado, porque o registo abaixo traz tudo. `PUT` com a mesma id abre, ou altera, uma mesma chamada.",
	});
	flow.pbxIn("calls", [150, 180], ["ringing", "talking"], ["call.ringing", "call.answered"]);
	const facts = `"direction": call.direction, "number": call.crm.number, "started": call.crm.started`;
	const ringing = put(LEG_KEY, `{"state": "ringing", "extension": call.extension, ${facts}}`);
	const talking = put(LEG_KEY, `{"state": "talking", "extension": call.extension, ${facts}}`);
	flow.change("ringing", [340, 160], requestOf("live"), ringing);
	flow.change("talking", [340, 220], requestOf("live"), talking);
	request(flow, "live", [550, 160], ["live answer"]);
	flow.debug("live answer", [760, 160], "statusCode");
	const scope = ["ringing", "talking", ...requestOf("live")].map((each) => flow.id(each));
	flow.add("live failed", "catch", [540, 280], ["live answer"], { scope, uncaught: false });
}

function close(flow: Flow): void {
	flow.comment([40, 340], "2. It is over: the record closes it, and is handed over until the CRM has it", {
		en: "Where phones rang under several ids (a queue does, on some lines), the record is one call with one key. The others that were opened are closed as parts of it: one request each, one after the other.",
		es: "Si los teléfonos sonaron con varias ids (lo hace una cola, en algunas líneas), el registro es una sola llamada con una clave. Las demás que se abrieron se cierran como partes de ella: una petición cada una, una tras otra.",
		pt: "Se os telefones tocaram com várias ids (uma fila fá-lo, nalgumas linhas), o registo é uma só chamada com uma chave. As outras que se abriram fecham-se como partes dela: um pedido cada, um após o outro.",
	});
	log(flow, [300, 400], [500, 620], "to be closed");
	flow.function("to be closed", [500, 400], ["the record"], bodyOf("ringing/toBeClosed.mjs"));
	flow.change("the record", [100, 540], requestOf("close"), put("close[0].id", "close[0].body"));
	request(flow, "close", [300, 540], ["closed?"]);
	flow.function("closed?", [500, 540], ["went out", "the record"], bodyOf("ringing/closed.mjs"));
	const scope = ["to be closed", "the record", ...requestOf("close"), "closed?"].map((each) => flow.id(each));
	flow.add("failed", "catch", [300, 655], ["went out"], { scope, uncaught: false });
}

function crm(flow: Flow): void {
	flow.comment([40, 660], "Stands in for your CRM. Open /open-calls: calls that ring, go on and are over", {
		en: "Pages of other sites cannot read the answer: it leaves as text, and its header `access-control-allow-origin` names nobody, where Node-RED's own is `*`. Whoever reaches your Node-RED can open it: keep it inside your network, or set `httpNodeAuth` in the settings file.",
		es: "Las páginas de otros sitios no pueden leer la respuesta: sale como texto, y su cabecera `access-control-allow-origin` no nombra a nadie, mientras que la de Node-RED es `*`. Quien llegue a tu Node-RED puede abrirla: déjalo dentro de tu red, o pon `httpNodeAuth` en el archivo de configuración.",
		pt: "As páginas de outros sítios não podem ler a resposta: sai como texto, e o seu cabeçalho `access-control-allow-origin` não nomeia ninguém, enquanto o do Node-RED é `*`. Quem chegar ao seu Node-RED pode abri-la: mantenha-o dentro da sua rede, ou defina `httpNodeAuth` no ficheiro de configuração.",
	});
	flow.add("crm in", "link in", [130, 720], ["calls of the CRM"], { name: "stand-in CRM", links: [], l: true });
	flow.function("calls of the CRM", [330, 720], ["crm out"], bodyOf("ringing/crm.mjs"));
	flow.add("crm out", "link out", [530, 720], [], { name: "back", mode: "return", links: [], l: true });
	const url = "/open-calls";
	flow.add("look", "http in", [150, 780], ["shown"], { url, method: "get", upload: false, swaggerDoc: "" });
	const shown =
		'// Text, not an object: see the comment above.\nmsg.payload = JSON.stringify(flow.get("calls") ?? []);';
	flow.function("shown", [330, 780], ["out"], `${shown}\nreturn msg;`);
	const headers = { "content-type": "application/json; charset=utf-8", ...FOR_NO_OTHER_SITE };
	flow.add("out", "http response", [510, 780], [], { statusCode: "", headers });
}

/** For CRMs that want to know a call by one id from ringing to its end. */
export function ringing(): Flow {
	const flow = new Flow("10 - Ringing opens, hanging up closes", {
		label: "Ringing opens",
		info: "One id from ringing to the end: the CRM opens the call when it rings, and the record closes it, whatever happens.",
		env: [CRM_URL],
	});
	flow.simulatedPbx(PORT, "10", { settle: 2 });
	flow.head(
		"Ringing opens a call in the CRM, hanging up closes it: one id from ringing to end",
		{
			en: "The id is the record's `key` (`227/1508337505.3520740`): of `call.ringing` and `call.answered` it is `tenant` and `callId` with a slash between.",
			es: "La id es la `key` del registro (`227/1508337505.3520740`): en `call.ringing` y `call.answered` es `tenant` y `callId` con una barra en medio.",
			pt: "A id é a `key` do registo (`227/1508337505.3520740`): em `call.ringing` e `call.answered` é `tenant` e `callId` com uma barra no meio.",
		},
		PORT,
		REAL_CRM,
	);
	live(flow);
	close(flow);
	crm(flow);
	flow.comment([40, 860], "The simulated PBX: a call rings, is answered, and ends");
	for (const [i, button] of ["ring 11 974319404", "answer 11", "hangup 11", "miss 12,13 600000101 2"].entries())
		flow.inject(button, [180, 920 + i * 50], "simulator");
	flow.simulator(PORT, [450, 990]);
	return flow;
}
