import type { CrmOptions } from "./crmFlow";

export const ZOHO: CrmOptions = {
	name: "Zoho",
	record: {
		en: "Writes each call into *Calls* of Zoho CRM (v8), under its key (a field of its own), with the contact that has that number. A record that is handed over twice is there once.",
		es: "Escribe cada llamada en *Llamadas* de Zoho CRM (v8), con su clave (un campo propio) y el contacto que tiene ese número. Un registro entregado dos veces está una vez.",
		pt: "Escreve cada chamada em *Chamadas* do Zoho CRM (v8), com a sua chave (um campo próprio) e o contacto que tem esse número. Um registo entregue duas vezes está lá uma vez.",
	},
	before: {
		en: "In *Calls* make a field `PBX_Key`, one line of text, **no duplicate values**. At api-console.zoho.eu make a *Self Client* and a refresh token for `ZohoCRM.modules.ALL,ZohoSearch.securesearch.READ`.",
		es: "En *Llamadas* crea un campo `PBX_Key`, texto de una línea, **sin valores duplicados**. En api-console.zoho.eu crea un *Self Client* y un refresh token para `ZohoCRM.modules.ALL,ZohoSearch.securesearch.READ`.",
		pt: "Em *Chamadas* crie um campo `PBX_Key`, texto de uma linha, **sem valores duplicados**. Em api-console.zoho.eu crie um *Self Client* e um refresh token para `ZohoCRM.modules.ALL,ZohoSearch.securesearch.READ`.",
	},
	unsure: {
		en: "Made after what is known of Zoho CRM, not tried against it: try it with a call of yours first. Unsure: that *Calls* takes `upsert` with `duplicate_check_fields`; the names and forms of its fields, `Call_Duration` as `mm:ss` among them; the scopes; how it searches by `phone`. Credits: 5,000 a day in the free plan; each call costs two requests or more. Zoho PhoneBridge is for registered providers and not used here.",
		es: "Hecho según lo que se sabe de Zoho CRM, sin probar con él: pruébalo antes con una llamada tuya. No es seguro: que *Llamadas* admita `upsert` con `duplicate_check_fields`; los nombres y formas de los campos, `Call_Duration` como `mm:ss` entre ellos; los permisos; cómo busca por `phone`. Créditos: 5.000 al día en el plan gratuito; cada llamada cuesta dos peticiones o más. Zoho PhoneBridge es para proveedores registrados y aquí no se usa.",
		pt: "Feito segundo o que se sabe do Zoho CRM, sem ser experimentado nele: experimente primeiro com uma chamada sua. Não é certo: que *Chamadas* aceite `upsert` com `duplicate_check_fields`; os nomes e formas dos campos, entre eles `Call_Duration` como `mm:ss`; as permissões; como procura por `phone`. Créditos: 5000 por dia no plano gratuito; cada chamada custa dois pedidos ou mais. O Zoho PhoneBridge é para fornecedores registados e não se usa aqui.",
	},
	variables: [
		{
			name: "ZOHO_API",
			value: "https://www.zohoapis.eu",
			help: {
				en: "of your data centre (`.eu`, `.com` …)",
				es: "la de tu centro de datos (`.eu`, `.com`…)",
				pt: "a do seu centro de dados (`.eu`, `.com`…)",
			},
		},
		{
			name: "ZOHO_ACCOUNTS",
			value: "https://accounts.zoho.eu",
			help: { en: "of the same data centre", es: "del mismo centro de datos", pt: "do mesmo centro de dados" },
		},
		{
			name: "ZOHO_KEY_FIELD",
			value: "PBX_Key",
			help: { en: "the field's API name", es: "el nombre API del campo", pt: "o nome API do campo" },
		},
		{
			name: "ZOHO_CLIENT_ID",
			value: "",
			help: { en: "of the self client", es: "del self client", pt: "do self client" },
		},
		{
			name: "ZOHO_CLIENT_SECRET",
			value: null,
			help: { en: "of the self client", es: "del self client", pt: "do self client" },
		},
		{
			name: "ZOHO_REFRESH_TOKEN",
			value: null,
			help: { en: "the refresh token", es: "el refresh token", pt: "o refresh token" },
		},
	],
	steps: [
		["the contact", "crm/zoho/contact.mjs"],
		["the record", "crm/zoho/record.mjs"],
	],
	verdict: "crm/zoho/verdict.mjs",
	token: "crm/zoho/token.mjs",
};
