import { bodyOf, Flow } from "./flow";

const PORT = 9316;

/** Extensions and the last missed call as sensors of Home Assistant. */
export function homeAssistant(): Flow {
	const flow = new Flow("16 - Home Assistant", {
		label: "Home Assistant",
		info: "Extensions and the last missed call as sensors of Home Assistant, by MQTT discovery.",
		env: [{ name: "PEOPLE", value: '{"11":t("Reception"),"12":t("Workshop"),"13":t("Office")}', type: "json" }],
	});
	flow.simulatedPbx(PORT, "16");
	flow.head(
		"Home Assistant: each extension, and the last missed call, as sensors by MQTT discovery",
		{
			en: "In Home Assistant the MQTT integration has to be set up, with discovery on, as it is at first. The device *PBX 227* comes by itself, with a sensor for each extension that the monitor has heard of (idle, ringing, busy, unknown) and *Last missed call*, whose attributes hold number, time, queue and phones. While the PBX or Node-RED is away they are *unavailable*. Everything is retained: whoever may read the broker reads who has called.\n\nAn automation, for instance: when `sensor.pbx_227_11` turns `ringing`, mute the television.",
			es: "En Home Assistant debe estar configurada la integración MQTT, con el descubrimiento activado, como viene de serie. El dispositivo *PBX 227* aparece por sí solo, con un sensor por cada extensión que el monitor haya oído (idle, ringing, busy, unknown) y *Last missed call*, cuyos atributos llevan número, hora, cola y teléfonos. Mientras falten la centralita o Node-RED están *no disponibles*. Todo queda retenido: quien pueda leer el bróker lee quién ha llamado.\n\nUna automatización, por ejemplo: cuando `sensor.pbx_227_11` pase a `ringing`, silenciar el televisor.",
			pt: "No Home Assistant a integração MQTT tem de estar configurada, com a descoberta ativada, como vem de origem. O dispositivo *PBX 227* aparece sozinho, com um sensor por cada extensão que o monitor tenha ouvido (idle, ringing, busy, unknown) e *Last missed call*, cujos atributos trazem número, hora, fila e telefones. Enquanto faltarem o PBX ou o Node-RED ficam *indisponíveis*. Tudo fica retido: quem puder ler o broker lê quem ligou.\n\nUma automatização, por exemplo: quando `sensor.pbx_227_11` passar a `ringing`, silenciar a televisão.",
		},
		PORT,
		{
			en: "Have extension 999 registered at the server: the monitor logs in with it. Enter your broker (the pencil beside *Server* in an *mqtt* node), and your names in the tab's variable `PEOPLE` (double click the tab).",
			es: "Pide que se registre la extensión 999 en el servidor: el monitor inicia sesión con ella. Introduce tu bróker (el lápiz junto a *Servidor* en un nodo *mqtt*), y tus nombres en la variable `PEOPLE` de la pestaña (doble clic en la pestaña).",
			pt: "Peça que a extensão 999 seja registada no servidor: é com ela que o monitor inicia sessão. Introduza o seu broker (o lápis ao lado de *Servidor* num nó *mqtt*), e os seus nomes na variável `PEOPLE` do separador (duplo clique no separador).",
		},
	);
	const will = { Topic: "pbx2ha/gateway", Qos: "1", Retain: "true", Msg: {} };
	const message = (kind: string, payload: string) =>
		Object.fromEntries(Object.entries({ ...will, Payload: payload }).map(([name, value]) => [kind + name, value]));
	flow.config("broker", "mqtt-broker", {
		...{ broker: "127.0.0.1", port: "1883", clientid: "", autoConnect: true, usetls: false, protocolVersion: "4" },
		...{ keepalive: "60", cleansession: true, autoUnsubscribe: true, userProps: "", sessionExpiry: "" },
		...message("birth", "online"),
		...message("close", "offline"),
		...message("will", "offline"),
	});
	flow.pbxIn("states", [160, 120], ["announce"], ["extension.state", "link.state"], { split: false });
	const missed = { name: "missed", outcomes: ["missed"], split: false };
	flow.pbxIn("missed", [150, 180], ["announce"], ["call.record"], missed);
	flow.add("started", "mqtt in", [190, 240], ["announce"], {
		...{ name: "Home Assistant starts", topic: "homeassistant/status", qos: "1", datatype: "utf8" },
		...{ broker: flow.id("broker"), nl: false, rap: true, rh: 0, inputs: 0 },
	});
	flow.function("announce", [410, 160], [["out", "what is said"]], bodyOf("homeAssistant/announce.mjs"));
	const output = {
		topic: "",
		qos: "",
		retain: "",
		respTopic: "",
		contentType: "",
		userProps: "",
		correl: "",
		expiry: "",
	};
	flow.add("out", "mqtt out", [590, 140], [], { ...output, broker: flow.id("broker") });
	flow.debug("what is said", [600, 200], "topic");
	flow.comment([40, 320], "The simulated PBX: let calls come in, or press traffic 5");
	const buttons = ["ring 11 974319404", "answer 11", "hangup 11", "miss 12 600000101 3", "traffic 5", "traffic 0"];
	for (const [i, button] of buttons.entries()) flow.inject(button, [180, 380 + i * 50], "simulator");
	flow.simulator(PORT, [450, 500]);
	return flow;
}
