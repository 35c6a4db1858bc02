import { Flow } from "./flow";

const PORT = 9317;
const OUTPUT = {
	topic: "",
	qos: "1",
	retain: "",
	respTopic: "",
	contentType: "",
	userProps: "",
	correl: "",
	expiry: "",
};

/** Live events to many: a broker passes on what the PBX says, and whoever comes later hears the last states. */
export function mqtt(): Flow {
	const flow = new Flow("17 - Live events over MQTT", {
		label: "Live events over MQTT",
		info: "Events to many listeners through a broker: calls as they happen, states retained.",
	});
	flow.simulatedPbx(PORT, "17");
	flow.head(
		"Live events to many, over MQTT: calls as they happen, states retained. Needs a broker",
		{
			en: "Any MQTT 3.1.1 or 5 broker, such as Mosquitto on port 1883 of this machine (`apt install mosquitto`). `pbx in` sets the topic: `pbx/<tenant>/<extension>/call/ringing`. `pbx/+/+/call/#` takes all calls, `pbx/227/11/#` all of one extension. States (`extension/state`, `link/state`) are retained (`msg.retain`): whoever comes later hears the last one at once.\n\n**What this does not promise.** Node-RED's *mqtt out* drops what it is given while the broker is away, and *mqtt in* confirms a message before the flow is through with it. So this is for boards, pop-ups and lamps. What must reach a CRM goes through *pbx log* (example 09).\n\nWhoever may read the broker reads who calls: give it users, TLS and an access list before it leaves this machine.",
			es: "Cualquier bróker MQTT 3.1.1 o 5, por ejemplo Mosquitto en el puerto 1883 de esta máquina (`apt install mosquitto`). `pbx in` pone el tema: `pbx/<tenant>/<extensión>/call/ringing`. `pbx/+/+/call/#` recibe todas las llamadas, `pbx/227/11/#` todo lo de una extensión. Los estados (`extension/state`, `link/state`) quedan retenidos (`msg.retain`): quien llega más tarde oye el último al momento.\n\n**Lo que esto no promete.** El *mqtt out* de Node-RED tira lo que recibe mientras falta el bróker, y *mqtt in* confirma un mensaje antes de que el flujo haya acabado con él. Sirve, pues, para paneles, avisos y luces. Lo que debe llegar a un CRM pasa por *pbx log* (ejemplo 09).\n\nQuien pueda leer el bróker lee quién llama: ponle usuarios, TLS y una lista de acceso antes de que salga de esta máquina.",
			pt: "Qualquer broker MQTT 3.1.1 ou 5, por exemplo o Mosquitto na porta 1883 desta máquina (`apt install mosquitto`). `pbx in` define o tópico: `pbx/<tenant>/<extensão>/call/ringing`. `pbx/+/+/call/#` recebe todas as chamadas, `pbx/227/11/#` tudo de uma extensão. Os estados (`extension/state`, `link/state`) ficam retidos (`msg.retain`): quem chega mais tarde ouve logo o último.\n\n**O que isto não promete.** O *mqtt out* do Node-RED deita fora o que recebe enquanto o broker falta, e *mqtt in* confirma uma mensagem antes de o fluxo ter acabado com ela. Serve, pois, para painéis, avisos e luzes. O que tem de chegar a um CRM passa por *pbx log* (exemplo 09).\n\nQuem puder ler o broker lê quem liga: dê-lhe utilizadores, TLS e uma lista de acesso antes de sair desta máquina.",
		},
		PORT,
		{
			en: "Have extension 999 registered at the server: the monitor logs in with it. Enter your broker (the pencil beside *Server* in an *mqtt* node).",
			es: "Pide que se registre la extensión 999 en el servidor: el monitor inicia sesión con ella. Introduce tu bróker (el lápiz junto a *Servidor* en un nodo *mqtt*).",
			pt: "Peça que a extensão 999 seja registada no servidor: é com ela que o monitor inicia sessão. Introduza o seu broker (o lápis ao lado de *Servidor* num nó *mqtt*).",
		},
	);
	flow.config("broker", "mqtt-broker", {
		...{ broker: "127.0.0.1", port: "1883", clientid: "", autoConnect: true, usetls: false, protocolVersion: "4" },
		...{ keepalive: "60", cleansession: true, autoUnsubscribe: true, userProps: "", sessionExpiry: "" },
	});
	const broker = flow.id("broker");
	flow.comment([40, 100], "1. To the broker: this part can stand on another machine than part 2");
	const events = ["call.ringing", "call.answered", "call.ended", "call.record", "extension.state", "link.state"];
	flow.pbxIn("events", [150, 160], ["publish"], events, { split: false });
	flow.add("publish", "mqtt out", [340, 160], [], { ...OUTPUT, name: "publish", broker });
	flow.comment([40, 240], "2. From the broker: all calls, and the states of all phones");
	const subscribe = (name: string, topic: string, y: number) => {
		const options = { qos: "1", datatype: "json", nl: false, rap: true, rh: 0, inputs: 0 };
		flow.add(name, "mqtt in", [150, y], [`${name} heard`], { name, topic, broker, ...options });
		flow.add(`${name} heard`, "debug", [360, y], [], {
			...{ name: `${name} heard`, active: true, tosidebar: true, console: false, tostatus: true, complete: "payload" },
			...{ targetType: "msg", statusVal: "topic", statusType: "msg" },
		});
	};
	subscribe("calls", "pbx/+/+/call/#", 300);
	subscribe("states", "pbx/+/+/extension/state", 360);
	flow.comment([40, 440], "The simulated PBX: let a call come in, answer it, hang up");
	for (const [i, button] of ["ring 11 974319404", "answer 11", "hangup 11", "miss 12 600000101 1"].entries())
		flow.inject(button, [180, 500 + i * 50], "simulator");
	flow.simulator(PORT, [450, 570]);
	return flow;
}
