import type { CrmOptions } from "./crmFlow";

export const HUBSPOT: CrmOptions = {
	name: "HubSpot",
	record: {
		en: "Writes each call as a *call* in HubSpot, under its key (a property of its own), and puts it on the contact with that number. A record that is handed over twice is there once.",
		es: "Escribe cada llamada como *llamada* en HubSpot, con su clave (una propiedad propia), y la pone en el contacto con ese número. Un registro entregado dos veces está una vez.",
		pt: "Escreve cada chamada como *chamada* no HubSpot, com a sua chave (uma propriedade própria), e coloca-a no contacto com esse número. Um registo entregue duas vezes está lá uma vez.",
	},
	before: {
		en: "In HubSpot make a property of *calls* with the internal name `pbx_key`, one line of text, **unique values**; and a private app with `crm.objects.contacts.read` and `crm.objects.contacts.write`.",
		es: "En HubSpot crea una propiedad de *llamadas* con el nombre interno `pbx_key`, texto de una línea, **valores únicos**; y una app privada con `crm.objects.contacts.read` y `crm.objects.contacts.write`.",
		pt: "No HubSpot crie uma propriedade de *chamadas* com o nome interno `pbx_key`, texto de uma linha, **valores únicos**; e uma app privada com `crm.objects.contacts.read` e `crm.objects.contacts.write`.",
	},
	unsure: {
		en: "Made after HubSpot's documentation, not tried against it: try it with a call of yours first. Unsure: that *calls* can be written by a unique property (`batch/upsert`) in every plan; that `hs_call_duration` is in milliseconds; the words of `hs_call_status`; the address that puts a call on a contact (`v4 … associations/default`). Where you are a calling provider with an OAuth app, `POST /crm/v3/extensions/calling/inbound-call` with `externalCallId` finds the contact by itself.",
		es: "Hecho según la documentación de HubSpot, sin probar con él: pruébalo antes con una llamada tuya. No es seguro: que las *llamadas* se puedan escribir por una propiedad única (`batch/upsert`) en todos los planes; que `hs_call_duration` sea en milisegundos; las palabras de `hs_call_status`; la dirección que pone una llamada en un contacto (`v4 … associations/default`). Si eres proveedor de llamadas con una app OAuth, `POST /crm/v3/extensions/calling/inbound-call` con `externalCallId` encuentra el contacto por sí mismo.",
		pt: "Feito segundo a documentação do HubSpot, sem ser experimentado nele: experimente primeiro com uma chamada sua. Não é certo: que as *chamadas* se possam escrever por uma propriedade única (`batch/upsert`) em todos os planos; que `hs_call_duration` seja em milissegundos; as palavras de `hs_call_status`; o endereço que coloca uma chamada num contacto (`v4 … associations/default`). Se é fornecedor de chamadas com uma app OAuth, `POST /crm/v3/extensions/calling/inbound-call` com `externalCallId` encontra o contacto por si.",
	},
	variables: [
		{
			name: "HUBSPOT_URL",
			value: "https://api.hubapi.com",
			help: { en: "stays as it is", es: "se queda como está", pt: "fica como está" },
		},
		{
			name: "HUBSPOT_TOKEN",
			value: null,
			help: { en: "the private app's token", es: "el token de la app privada", pt: "o token da app privada" },
		},
	],
	steps: [
		["the contact", "crm/hubspot/contact.mjs"],
		["the record", "crm/hubspot/record.mjs"],
		["on the contact", "crm/hubspot/association.mjs"],
	],
	verdict: "crm/hubspot/verdict.mjs",
};
