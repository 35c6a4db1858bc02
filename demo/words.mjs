// What the demo's flow says in Spanish and Portuguese; it is written in English.

/** The language of whoever starts the demo, as the system tells it; English where the demo does not speak it. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }) {
	const [, language = "en"] = /^(es|pt)(?![a-z])/i.exec(LC_ALL || LC_MESSAGES || LANG || "") ?? [];
	return language.toLowerCase();
}

/** Each text in Spanish and in Portuguese. */
const WORDS = {
	"PBX and CRM": ["Centralita y CRM", "PBX e CRM"],
	"Simulated PBX": ["Centralita simulada", "PBX simulado"],
	"1. A call comes in: look the caller up in the CRM and pop the card on the page": [
		"1. Entra una llamada: se busca a quien llama en el CRM y su ficha sale en la página",
		"1. Entra uma chamada: procura-se quem liga no CRM e a ficha aparece na página",
	],
	"which event?": ["¿qué evento?", "que evento?"],
	"a number to look up?": ["¿se puede buscar?", "há que procurar?"],
	"ask the CRM": ["pregunta al CRM", "pergunta ao CRM"],
	"stand-in CRM": ["CRM simulado", "CRM simulado"],
	"your CRM": ["tu CRM", "o seu CRM"],
	"did it answer?": ["¿contestó?", "respondeu?"],
	"the card": ["la ficha", "a ficha"],
	"no answer": ["sin respuesta", "sem resposta"],
	"nobody to look up": ["nadie que buscar", "ninguém a procurar"],
	"keep for the page": ["para la página", "para a página"],
	"2. Click to call: the page's button makes the extension's phone ring, then calls": [
		"2. Pulsa para llamar: el botón hace sonar el teléfono de la extensión y luego llama",
		"2. Clique para ligar: o botão faz tocar o telefone da extensão e depois liga",
	],
	"sent by the page?": ["¿es de la página?", "vem da página?"],
	"extension and number": ["extensión y número", "extensão e número"],
	"as text": ["como texto", "como texto"],
	"not from other sites": ["no de otros sitios", "não de outros sítios"],
	"say what is wrong": ["di qué falla", "diz o que falhou"],
	"3. The page itself: open /crm": ["3. La página en sí: abre /crm", "3. A própria página: abra /crm"],
	"the page": ["la página", "a página"],
	news: ["novedades", "novidades"],
	extensions: ["extensiones", "extensões"],
	"4. A small CRM: answers which customer a number belongs to": [
		"4. Un pequeño CRM: contesta de qué cliente es un número",
		"4. Um pequeno CRM: responde de que cliente é um número",
	],
	customers: ["clientes", "clientes"],
	back: ["vuelta", "volta"],
	"Calls come in by themselves, until traffic 0. After refuse nobody, deploy to log in at once.": [
		"Las llamadas entran solas, hasta traffic 0. Tras refuse nobody, instancia para entrar al momento.",
		"As chamadas entram sozinhas, até traffic 0. Depois de refuse nobody, implemente para entrar logo.",
	],
	"frames on the wire": ["tramas", "tramas"],
	"Only the page itself may call.": ["Solo la propia página puede llamar.", "Só a própria página pode ligar."],
	"Offer of October is open": ["La oferta de octubre sigue abierta", "A proposta de outubro está em aberto"],
	"Prefers WhatsApp": ["Prefiere WhatsApp", "Prefere WhatsApp"],
	"Invoice 2026/117 is due": ["La factura 2026/117 ha vencido", "A fatura 2026/117 venceu"],
	[`Any page that you have open can send a form to /crm/call, unasked, and Node-RED lets it send JSON as well. Only JSON whose Origin, which no page can forge, is this Node-RED itself is let through.

Answers leave as text: of an object, *http response* makes a script for whoever adds ?callback= to the address. Their header access-control-allow-origin names nobody: Node-RED's own is *, which lets every site read.

The page asks for news each second: a WebSocket would be open to pages of any site.`]: [
		`Cualquier página que tengas abierta puede enviar un formulario a /crm/call sin preguntarte, y Node-RED le deja enviar JSON también. Solo pasa JSON cuyo Origin, que ninguna página puede falsificar, sea este mismo Node-RED.

Las respuestas salen como texto: de un objeto, *http response* haría un script para quien añada ?callback= a la dirección. Su cabecera access-control-allow-origin no nombra a nadie: la de Node-RED es *, que deja leer a cualquier sitio.

La página pregunta cada segundo qué hay de nuevo: un WebSocket estaría abierto a páginas de cualquier sitio.`,
		`Qualquer página que tenha aberta pode enviar um formulário para /crm/call sem lhe perguntar, e o Node-RED deixa-a enviar JSON também. Só passa JSON cujo Origin, que nenhuma página pode falsificar, seja este mesmo Node-RED.

As respostas saem como texto: de um objeto, *http response* faria um script para quem acrescente ?callback= ao endereço. O seu cabeçalho access-control-allow-origin não nomeia ninguém: o do Node-RED é *, que deixa qualquer sítio ler.

A página pergunta a cada segundo o que há de novo: um WebSocket estaria aberto a páginas de qualquer sítio.`,
	],
};

/** An English text of the demo in a language. */
export function say(english, language) {
	if (language === "en" || english === "") return english;
	const said = WORDS[english]?.[language === "es" ? 0 : 1];
	if (said === undefined) throw new Error(`demo/words.mjs says nothing for ${JSON.stringify(english)}`);
	return said;
}

/** Nodes with their texts in a language, comments at the left edge; a button that is called what it sends stays as it is. */
export function inLanguage(nodes, language) {
	return nodes.map((node) => {
		const shown = { ...node };
		for (const property of ["name", "label", "info"]) {
			if (node[property] && node[property] !== node.payload) shown[property] = say(node[property], language);
		}
		if (shown.type === "comment") shown.x = 65 + 3.6 * shown.name.length;
		return shown;
	});
}
