import type { CrmOptions } from "./crmFlow";

export const TRYTON: CrmOptions = {
	name: "Tryton",
	record: {
		en: "Writes each call as a note of the party with that number (JSON-RPC). Tryton has no key for a note, so the flow looks first whether it is there: a record that is handed over twice is there once, unless the first one was still under way at the second look.",
		es: "Escribe cada llamada como nota del tercero con ese número (JSON-RPC). Tryton no tiene clave para una nota, por eso el flujo mira antes si ya está: un registro entregado dos veces está una vez, salvo que el primero siguiera en camino al mirar por segunda vez.",
		pt: "Escreve cada chamada como nota da entidade com esse número (JSON-RPC). O Tryton não tem chave para uma nota, por isso o fluxo verifica antes se já lá está: um registo entregue duas vezes está lá uma vez, salvo se o primeiro ainda estivesse a caminho na segunda verificação.",
	},
	before: {
		en: "Make a user who may read parties and write notes, and a party *Unknown callers*, which gets the calls of numbers that nobody has. Tryton's server needs `python3-phonenumbers` to keep numbers in E.164.",
		es: "Crea un usuario que pueda leer terceros y escribir notas, y un tercero *Llamadas desconocidas*, que recibe las llamadas de números que nadie tiene. El servidor de Tryton necesita `python3-phonenumbers` para guardar los números en E.164.",
		pt: "Crie um utilizador que possa ler entidades e escrever notas, e uma entidade *Chamadas desconhecidas*, que recebe as chamadas de números que ninguém tem. O servidor do Tryton precisa de `python3-phonenumbers` para guardar os números em E.164.",
	},
	unsure: {
		en: "Tried against Tryton 6.0 of Debian 12 with its module *party*; not against newer ones.",
		es: "Probado con Tryton 6.0 de Debian 12 y su módulo *party*; no con versiones más nuevas.",
		pt: "Experimentado com o Tryton 6.0 do Debian 12 e o módulo *party*; não com versões mais recentes.",
	},
	variables: [
		{
			name: "TRYTON_URL",
			value: "http://127.0.0.1:8000",
			help: { en: "its address", es: "su dirección", pt: "o endereço" },
		},
		{
			name: "TRYTON_DATABASE",
			value: "tryton",
			help: { en: "the database", es: "la base de datos", pt: "a base de dados" },
		},
		{ name: "TRYTON_USER", value: "pbx", help: { en: "the user", es: "el usuario", pt: "o utilizador" } },
		{
			name: "TRYTON_PASSWORD",
			value: null,
			help: { en: "the user's password", es: "la contraseña del usuario", pt: "a palavra-passe do utilizador" },
		},
		{
			name: "TRYTON_PARTY",
			value: "1",
			help: {
				en: "the id of the party *Unknown callers*",
				es: "la id del tercero *Llamadas desconocidas*",
				pt: "a id da entidade *Chamadas desconhecidas*",
			},
		},
	],
	steps: [
		["the contact", "crm/tryton/contact.mjs"],
		["is it there?", "crm/tryton/isThere.mjs"],
		["the record", "crm/tryton/record.mjs"],
	],
	verdict: "crm/tryton/verdict.mjs",
};
