// The words of the site itself; what it says of the package comes from the READMEs, the help, the catalogs and docs/.
import type { Language } from "./languages";

export interface SiteTexts {
	readonly language: string;
	readonly description: string;
	readonly groups: Readonly<Record<"start" | "crm" | "nodes" | "reference" | "developers", string>>;
	readonly theFlow: string;
	readonly recipes: string;
	readonly crms: string;
	readonly config: string;
	readonly form: string;
	readonly forYours: string;
	readonly unsure: string;
	readonly download: string;
	readonly overview: string;
	readonly messages: string;
	readonly everyEvent: string;
	readonly columns: readonly [property: string, type: string, meaning: string];
	readonly types: Readonly<Record<"string" | "number" | "boolean" | "object" | "Time" | "Seconds" | "list", string>>;
	readonly errors: { readonly title: string; readonly intro: string };
	readonly ui: Readonly<
		Record<"outline" | "previous" | "next" | "menu" | "top" | "appearance" | "light" | "dark" | "languages", string>
	>;
	readonly search: Readonly<
		Record<"button" | "none" | "reset" | "details" | "back" | "select" | "navigate" | "close", string>
	>;
	readonly lost: Readonly<Record<"title" | "quote" | "link", string>>;
}

export const TEXTS: Readonly<Record<Language, SiteTexts>> = {
	en: {
		language: "English",
		description: "Node-RED nodes for the hosted PBX Meetip PRO: from a call to your CRM",
		groups: {
			start: "Start",
			crm: "From the call to the CRM",
			nodes: "Nodes",
			reference: "Look up",
			developers: "For developers",
		},
		theFlow: "The flow",
		recipes: "Recipes by task",
		crms: "Recipes by CRM",
		config: "PBX (configuration)",
		form: "The form",
		forYours: "With your own PBX",
		unsure: "What is unsure",
		download: "The flow as a file",
		overview: "Overview",
		messages: "Messages",
		everyEvent: "Every event",
		columns: ["property", "type", "meaning"],
		types: {
			...{ string: "text", number: "number", boolean: "true, false", object: "object" },
			...{ Time: "time", Seconds: "seconds", list: "list of" },
		},
		errors: {
			title: "Error codes",
			intro:
				"What cannot be done is an error for a `catch` node: the sentence stands in `msg.error.message`, in the language of " +
				"Node-RED's setting `lang`, and the code, which stays the same, in `msg.error.code`.",
		},
		ui: {
			...{ outline: "On this page", previous: "Previous page", next: "Next page", menu: "Menu", top: "Back to top" },
			...{ appearance: "Appearance", light: "Switch to light", dark: "Switch to dark", languages: "Change language" },
		},
		search: {
			...{ button: "Search", none: "Nothing found for", reset: "Clear the search", details: "Show details" },
			...{ back: "Close the search", select: "open", navigate: "choose", close: "close" },
		},
		lost: { title: "There is no such page", quote: "It may have another address now.", link: "To the start" },
	},
	es: {
		language: "Español",
		description: "Nodos de Node-RED para la centralita alojada Meetip PRO: de la llamada a tu CRM",
		groups: {
			start: "Empezar",
			crm: "De la llamada al CRM",
			nodes: "Nodos",
			reference: "Consulta",
			developers: "Para desarrolladores (en inglés)",
		},
		theFlow: "El flujo",
		recipes: "Recetas por tarea",
		crms: "Recetas por CRM",
		config: "Centralita (configuración)",
		form: "El formulario",
		forYours: "Con tu propia centralita",
		unsure: "Lo que no es seguro",
		download: "El flujo, como archivo",
		overview: "Resumen",
		messages: "Mensajes",
		everyEvent: "Todos los eventos",
		columns: ["propiedad", "tipo", "significado"],
		types: {
			...{ string: "texto", number: "número", boolean: "true, false", object: "objeto" },
			...{ Time: "hora", Seconds: "segundos", list: "lista de" },
		},
		errors: {
			title: "Códigos de error",
			intro:
				"Lo que no se puede hacer es un error para un nodo `catch`: la frase está en `msg.error.message`, en el idioma del " +
				"ajuste `lang` de Node-RED, y el código, que no cambia, en `msg.error.code`.",
		},
		ui: {
			...{ outline: "En esta página", previous: "Página anterior", next: "Página siguiente", menu: "Menú" },
			...{ top: "Volver arriba", appearance: "Aspecto", light: "Cambiar a claro", dark: "Cambiar a oscuro" },
			languages: "Cambiar de idioma",
		},
		search: {
			...{ button: "Buscar", none: "No se ha encontrado nada para", reset: "Borrar la búsqueda" },
			...{ details: "Mostrar detalles", back: "Cerrar la búsqueda", select: "abrir", navigate: "elegir" },
			close: "cerrar",
		},
		lost: { title: "Esa página no existe", quote: "Puede que ahora tenga otra dirección.", link: "Al inicio" },
	},
	pt: {
		language: "Português",
		description: "Nós de Node-RED para o PBX alojado Meetip PRO: da chamada ao seu CRM",
		groups: {
			start: "Começar",
			crm: "Da chamada ao CRM",
			nodes: "Nós",
			reference: "Consulta",
			developers: "Para programadores (em inglês)",
		},
		theFlow: "O fluxo",
		recipes: "Receitas por tarefa",
		crms: "Receitas por CRM",
		config: "PBX (configuração)",
		form: "O formulário",
		forYours: "Com o seu próprio PBX",
		unsure: "O que não é certo",
		download: "O fluxo, em ficheiro",
		overview: "Resumo",
		messages: "Mensagens",
		everyEvent: "Todos os eventos",
		columns: ["propriedade", "tipo", "significado"],
		types: {
			...{ string: "texto", number: "número", boolean: "true, false", object: "objeto" },
			...{ Time: "hora", Seconds: "segundos", list: "lista de" },
		},
		errors: {
			title: "Códigos de erro",
			intro:
				"O que não se pode fazer é um erro para um nó `catch`: a frase está em `msg.error.message`, na língua da definição " +
				"`lang` do Node-RED, e o código, que não muda, em `msg.error.code`.",
		},
		ui: {
			...{ outline: "Nesta página", previous: "Página anterior", next: "Página seguinte", menu: "Menu" },
			...{ top: "Voltar ao topo", appearance: "Aspeto", light: "Mudar para claro", dark: "Mudar para escuro" },
			languages: "Mudar de língua",
		},
		search: {
			...{ button: "Procurar", none: "Nada encontrado para", reset: "Limpar a procura", details: "Mostrar detalhes" },
			...{ back: "Fechar a procura", select: "abrir", navigate: "escolher", close: "fechar" },
		},
		lost: { title: "Essa página não existe", quote: "Talvez tenha agora outro endereço.", link: "Para o início" },
	},
};
