import type { CrmOptions } from "./crmFlow";

export const SUITECRM: CrmOptions = {
	name: "SuiteCRM",
	record: {
		en: "Writes each call into *Calls* (API V8), with an id made of the call's key and the contact that has that number. The flow looks first whether that id is there, and SuiteCRM keeps no two of the same id: a record that is handed over twice is there once.",
		es: "Escribe cada llamada en *Llamadas* (API V8), con una id hecha de la clave de la llamada y el contacto que tiene ese número. El flujo mira antes si esa id ya está, y SuiteCRM no guarda dos con la misma: un registro entregado dos veces está una vez.",
		pt: "Escreve cada chamada em *Chamadas* (API V8), com uma id feita da chave da chamada e o contacto que tem esse número. O fluxo verifica antes se essa id já existe, e o SuiteCRM não guarda duas iguais: um registo entregue duas vezes está lá uma vez.",
	},
	before: {
		en: "Make a client for *client credentials* (Administration > OAuth2 Clients and Tokens), whose user may read contacts and write calls.",
		es: "Crea un cliente para *client credentials* (Administración > Clientes y tokens OAuth2), cuyo usuario pueda leer contactos y escribir llamadas.",
		pt: "Crie um cliente para *client credentials* (Administração > Clientes e tokens OAuth2), cujo utilizador possa ler contactos e escrever chamadas.",
	},
	unsure: {
		en: "Made after SuiteCRM's documentation, not tried against it: try it with a call of yours first. Unsure: that it takes the `id` that is given; the filter by `id`; the form of `date_start`; in SuiteCRM 8 the address may need `/legacy` at its end. It knows no seconds: minutes are rounded up. Numbers are compared letter by letter, in `phone_work` only.",
		es: "Hecho según la documentación de SuiteCRM, sin probar con él: pruébalo antes con una llamada tuya. No es seguro: que admita la `id` que se le da; el filtro por `id`; la forma de `date_start`; en SuiteCRM 8 la dirección puede necesitar `/legacy` al final. No conoce segundos: los minutos se redondean hacia arriba. Los números se comparan letra a letra, solo en `phone_work`.",
		pt: "Feito segundo a documentação do SuiteCRM, sem ser experimentado nele: experimente primeiro com uma chamada sua. Não é certo: que aceite a `id` que se lhe dá; o filtro por `id`; a forma de `date_start`; no SuiteCRM 8 o endereço pode precisar de `/legacy` no fim. Não conhece segundos: os minutos arredondam-se para cima. Os números comparam-se letra a letra, só em `phone_work`.",
	},
	variables: [
		{
			name: "SUITECRM_URL",
			value: "https://crm.example.com",
			help: { en: "its address", es: "su dirección", pt: "o endereço" },
		},
		{ name: "SUITECRM_CLIENT_ID", value: "", help: { en: "of the client", es: "del cliente", pt: "do cliente" } },
		{ name: "SUITECRM_CLIENT_SECRET", value: null, help: { en: "its secret", es: "su secreto", pt: "o segredo dele" } },
	],
	steps: [
		["is it there?", "crm/suitecrm/isThere.mjs"],
		["the contact", "crm/suitecrm/contact.mjs"],
		["the record", "crm/suitecrm/record.mjs"],
	],
	token: "crm/suitecrm/token.mjs",
};
