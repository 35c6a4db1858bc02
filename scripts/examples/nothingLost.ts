import { CRM_URL, FOR_NO_OTHER_SITE, log, REAL_CRM, request, requestOf } from "./delivery";
import { bodyOf, Flow, source } from "./flow";

const PORT = 9309;
const MOODS = ["well", "down", "slow", "429", "500", "answer lost", "refusing"];
const RECORD = `{"id": call.key, "subject": call.crm.subject, "summary": call.crm.summary, "extension": call.extension, "number": call.crm.number, "direction": call.direction, "outcome": call.outcome, "started": call.crm.started, "ended": call.crm.ended, "seconds": call.crm.seconds}`;

function page(): string {
	const texts = JSON.stringify(JSON.parse(source("nothingLost/texts.json")));
	return source("nothingLost/page.html").replace("/*script*/", () => {
		return `const TEXTS = ${texts};\n${source("nothingLost/page.mjs")}`;
	});
}

function deliver(flow: Flow): void {
	log(flow, [300, 120], [300, 240], "the record", { timeout: 10 });
	flow.change("the record", [500, 120], requestOf("deliver"), [
		{ p: "url", to: '$env("CRM_URL") & "/calls/" & $encodeUrlComponent(call.key)', tot: "jsonata" },
		{ p: "method", to: "PUT", tot: "str" },
		{ p: "payload", to: RECORD, tot: "jsonata" },
	]);
	request(flow, "deliver", [100, 240], ["went out"]);
	const scope = ["the record", ...requestOf("deliver")].map((each) => flow.id(each));
	flow.add("failed", "catch", [100, 315], ["went out"], { scope, uncaught: false });
}

function crm(flow: Flow): void {
	flow.comment([40, 320], "Stands in for your CRM, in any mood. Open /nothing-lost and press the buttons", {
		en: "The page counts the calls that were made and those that the CRM has. *down*: nobody answers. *slow*: five seconds. *429*: wait ten seconds. *500*: it fails. *answer lost*: it keeps the call, and its answer does not arrive. *refusing*: 422, which no second try would mend; such a record is given up at once and leaves by the second output; *try all again now* sends it again.\n\nThe stand-in and the counters forget at a restart of Node-RED; the call log does not.\n\nPages of other sites can read neither page nor counts: their header `access-control-allow-origin` names nobody, where Node-RED's own is `*`, and they leave as text. Whoever reaches your Node-RED can open them: keep it inside your network, or set `httpNodeAuth` in the settings file.",
		es: "La página cuenta las llamadas hechas y las que tiene el CRM. *down*: nadie contesta. *slow*: cinco segundos. *429*: espera diez segundos. *500*: falla. *answer lost*: guarda la llamada, pero su respuesta no llega. *refusing*: 422, que ningún reintento arregla; ese registro se abandona al momento y sale por la segunda salida; *try all again now* lo envía de nuevo.\n\nEl CRM simulado y los contadores olvidan al reiniciar Node-RED; el registro de llamadas, no.\n\nLas páginas de otros sitios no pueden leer ni la página ni las cifras: su cabecera `access-control-allow-origin` no nombra a nadie (la de Node-RED es `*`) y salen como texto. Quien llegue a tu Node-RED puede abrirlas: déjalo dentro de tu red, o pon `httpNodeAuth` en el archivo de configuración.",
		pt: "A página conta as chamadas feitas e as que o CRM tem. *down*: ninguém responde. *slow*: cinco segundos. *429*: espera dez segundos. *500*: falha. *answer lost*: guarda a chamada, mas a resposta não chega. *refusing*: 422, que nenhuma nova tentativa resolve; esse registo é abandonado de imediato e sai pela segunda saída; *try all again now* volta a enviá-lo.\n\nO CRM simulado e os contadores esquecem ao reiniciar o Node-RED; o registo de chamadas não.\n\nAs páginas de outros sítios não podem ler nem a página nem os números: o seu cabeçalho `access-control-allow-origin` não nomeia ninguém (o do Node-RED é `*`) e saem como texto. Quem chegar ao seu Node-RED pode abri-las: mantenha-o dentro da sua rede, ou defina `httpNodeAuth` no ficheiro de configuração.",
	});
	flow.add("crm in", "link in", [130, 380], ["CRM"], { name: "stand-in CRM", links: [], l: true });
	flow.function("CRM", [310, 380], ["crm out"], bodyOf("nothingLost/crm.mjs"));
	flow.add("crm out", "link out", [490, 380], [], { name: "back", mode: "return", links: [], l: true });
	for (const [i, mood] of MOODS.entries()) flow.inject(mood, [130, 440 + i * 50], "mood");
	flow.change("mood", [310, 590], "", [{ p: "mood", pt: "flow", to: "payload", tot: "msg" }]);
	flow.pbxIn("calls", [690, 380], ["count"], ["call.record"]);
	flow.function("count", [850, 380], [[]], bodyOf("nothingLost/count.mjs"));
	const get = (url: string, y: number, next: string) =>
		flow.add(`GET ${url}`, "http in", [720, y], [next], { url, method: "get", upload: false, swaggerDoc: "" });
	const answer = (key: string, y: number, type: string) => {
		const headers = { "content-type": `${type}; charset=utf-8`, ...FOR_NO_OTHER_SITE };
		flow.add(key, "http response", [1090, y], [], { statusCode: "", headers });
	};
	get("/nothing-lost/counts", 440, "counts");
	flow.function("counts", [930, 440], ["counts out"], bodyOf("nothingLost/counts.mjs"));
	answer("counts out", 440, "application/json");
	get("/nothing-lost", 500, "page");
	flow.add("page", "template", [930, 500], ["page out"], {
		...{ name: "page", field: "payload", fieldType: "msg", format: "html", syntax: "plain", output: "str" },
		template: page(),
	});
	answer("page out", 500, "text/html");
}

/** Each call in the CRM once, however the CRM behaves: buttons for its moods, and a page that counts. */
export function nothingLost(): Flow {
	const flow = new Flow("09 - Log every call, nothing lost", {
		label: "Nothing lost",
		info: "Each call reaches the CRM once, while the CRM is down, slow, busy or loses its answers. Open /nothing-lost.",
		env: [CRM_URL],
	});
	flow.simulatedPbx(PORT, "09", { settle: 2 });
	flow.head(
		"Log every call, nothing lost: press a mood of the CRM, make calls, look at /nothing-lost",
		{
			en: "*pbx log* keeps each call's record on the disk before it sends it, and sends it until the CRM has it: through crashes, restarts and power cuts of Node-RED as well. What comes back into it says how it went. As a record may arrive a second time when only the answer was lost, it is written by its key (`PUT /calls/<key>`).",
			es: "*pbx log* guarda en disco el registro de cada llamada antes de enviarlo, y lo envía hasta que el CRM lo tiene: también tras fallos, reinicios y cortes de luz de Node-RED. Lo que vuelve a él dice cómo ha ido. Como un registro puede llegar otra vez si solo se perdió la respuesta, se escribe por su clave (`PUT /calls/<key>`).",
			pt: "*pbx log* guarda em disco o registo de cada chamada antes de o enviar, e envia-o até o CRM o ter: também depois de falhas, reinícios e cortes de energia do Node-RED. O que volta a ele diz como correu. Como um registo pode chegar outra vez se só a resposta se perdeu, é escrito pela sua chave (`PUT /calls/<key>`).",
		},
		PORT,
		REAL_CRM,
	);
	deliver(flow);
	crm(flow);
	flow.comment([40, 820], "The simulated PBX: missed and answered calls");
	const buttons = ["miss 11 974319404 1", "miss 12,13 600000101 1", "ring 11 974319404", "answer 11", "hangup 11"];
	for (const [i, button] of [...buttons, "traffic 20", "traffic 0"].entries())
		flow.inject(button, [180, 880 + i * 50], "simulator");
	flow.simulator(PORT, [450, 980]);
	return flow;
}
