import type { CrmOptions } from "./crmFlow";

export const ODOO: CrmOptions = {
	name: "Odoo",
	record: {
		en: "Writes each call into the history of the contact with that number in **Odoo 19 or newer** (API JSON-2). Odoo has no key for such a note, so the flow looks first whether it is there: a record that is handed over twice is there once, unless the first one was still under way at the second look.",
		es: "Escribe cada llamada en el historial del contacto con ese número en **Odoo 19 o posterior** (API JSON-2). Odoo no tiene clave para una nota así, por eso el flujo mira antes si ya está: un registro entregado dos veces está una vez, salvo que el primero siguiera en camino al mirar por segunda vez.",
		pt: "Escreve cada chamada no histórico do contacto com esse número no **Odoo 19 ou posterior** (API JSON-2). O Odoo não tem chave para uma nota assim, por isso o fluxo verifica antes se já lá está: um registo entregue duas vezes está lá uma vez, salvo se o primeiro ainda estivesse a caminho na segunda verificação.",
	},
	before: {
		en: "The external API is part of Odoo's *Custom* plan only. Make an API key (your user > Preferences > Account security), and a contact *Unknown callers*, who gets the calls of numbers that nobody has. The module *Phone Numbers Validation* must be installed: it makes the search by digits.",
		es: "La API externa solo está en el plan *Personalizado* de Odoo. Crea una clave API (tu usuario > Preferencias > Seguridad de la cuenta) y un contacto *Llamadas desconocidas*, que recibe las llamadas de números que nadie tiene. El módulo *Phone Numbers Validation* debe estar instalado: es el que busca por dígitos.",
		pt: "A API externa só está no plano *Personalizado* do Odoo. Crie uma chave API (o seu utilizador > Preferências > Segurança da conta) e um contacto *Chamadas desconhecidas*, que recebe as chamadas de números que ninguém tem. O módulo *Phone Numbers Validation* tem de estar instalado: é ele que procura por dígitos.",
	},
	unsure: {
		en: "Made after Odoo's documentation, not tried against an Odoo: try it with a call of yours first. Unsure: the exact name `phone_mobile_search` in your version; whether `message_post` by JSON-2 shows the text as it is; limits of Odoo Online (*fair use*).",
		es: "Hecho según la documentación de Odoo, sin probar con un Odoo: pruébalo antes con una llamada tuya. No es seguro: el nombre exacto `phone_mobile_search` en tu versión; si `message_post` por JSON-2 muestra el texto tal cual; los límites de Odoo Online (*uso razonable*).",
		pt: "Feito segundo a documentação do Odoo, sem ser experimentado num Odoo: experimente primeiro com uma chamada sua. Não é certo: o nome exato `phone_mobile_search` na sua versão; se `message_post` por JSON-2 mostra o texto tal como está; os limites do Odoo Online (*utilização razoável*).",
	},
	variables: [
		{
			name: "ODOO_URL",
			value: "https://mycompany.odoo.com",
			help: { en: "its address", es: "su dirección", pt: "o endereço" },
		},
		{
			name: "ODOO_DATABASE",
			value: "mycompany",
			help: { en: "the database", es: "la base de datos", pt: "a base de dados" },
		},
		{ name: "ODOO_KEY", value: null, help: { en: "the API key", es: "la clave API", pt: "a chave API" } },
		{
			name: "ODOO_PARTNER",
			value: "1",
			help: {
				en: "the id of the contact *Unknown callers*",
				es: "la id del contacto *Llamadas desconocidas*",
				pt: "a id do contacto *Chamadas desconhecidas*",
			},
		},
	],
	steps: [
		["is it there?", "crm/odoo/isThere.mjs"],
		["the contact", "crm/odoo/contact.mjs"],
		["the record", "crm/odoo/record.mjs"],
	],
};
