import type { CrmOptions } from "./crmFlow";

export const DOLIBARR: CrmOptions = {
	name: "Dolibarr",
	record: {
		en: "Writes each call as an event of the agenda (AC_TEL), with the third party that has that number. The flow looks first whether an event with the call's key (`ref_ext`) is there: a record that is handed over twice is there once, unless the first one was still under way at the second look.",
		es: "Escribe cada llamada como evento de la agenda (AC_TEL), con el tercero que tiene ese número. El flujo mira antes si ya hay un evento con la clave de la llamada (`ref_ext`): un registro entregado dos veces está una vez, salvo que el primero siguiera en camino al mirar por segunda vez.",
		pt: "Escreve cada chamada como evento da agenda (AC_TEL), com o terceiro que tem esse número. O fluxo verifica antes se já há um evento com a chave da chamada (`ref_ext`): um registo entregue duas vezes está lá uma vez, salvo se o primeiro ainda estivesse a caminho na segunda verificação.",
	},
	before: {
		en: "Enable the module *Web services API REST*, and make a key for a user who may read third parties and write events.",
		es: "Activa el módulo *Servicios web API REST* y crea una clave para un usuario que pueda leer terceros y escribir eventos.",
		pt: "Ative o módulo *Web services API REST* e crie uma chave para um utilizador que possa ler terceiros e escrever eventos.",
	},
	unsure: {
		en: "Made after what is known of Dolibarr, not tried against it: try it with a call of yours first. Unsure: whether your version says `type_code` or `typecode`, `socid` or `fk_soc`; that `datep` is in seconds since 1970; that it keeps `ref_ext` and lets it be searched for. Numbers are compared letter by letter: one typed in another way than `974319404` or `974 31 94 04` is not found.",
		es: "Hecho según lo que se sabe de Dolibarr, sin probar con él: pruébalo antes con una llamada tuya. No es seguro: si tu versión dice `type_code` o `typecode`, `socid` o `fk_soc`; que `datep` sea en segundos desde 1970; que guarde `ref_ext` y deje buscar por él. Los números se comparan letra a letra: uno escrito de otra forma que `974319404` o `974 31 94 04` no se encuentra.",
		pt: "Feito segundo o que se sabe do Dolibarr, sem ser experimentado nele: experimente primeiro com uma chamada sua. Não é certo: se a sua versão diz `type_code` ou `typecode`, `socid` ou `fk_soc`; que `datep` seja em segundos desde 1970; que guarde `ref_ext` e deixe procurar por ele. Os números comparam-se letra a letra: um escrito de outra forma que `974319404` ou `974 31 94 04` não se encontra.",
	},
	variables: [
		{
			name: "DOLIBARR_URL",
			value: "https://dolibarr.example.com",
			help: { en: "its address", es: "su dirección", pt: "o endereço" },
		},
		{
			name: "DOLIBARR_KEY",
			value: null,
			help: { en: "the user's API key", es: "la clave API del usuario", pt: "a chave API do utilizador" },
		},
		{
			name: "DOLIBARR_USER",
			value: "1",
			help: {
				en: "the id of the user who gets the calls of extensions that nobody has",
				es: "la id del usuario que recibe las llamadas de extensiones que nadie tiene",
				pt: "a id do utilizador que recebe as chamadas de extensões que ninguém tem",
			},
		},
	],
	steps: [
		["is it there?", "crm/dolibarr/isThere.mjs"],
		["the contact", "crm/dolibarr/contact.mjs"],
		["the record", "crm/dolibarr/record.mjs"],
	],
};
