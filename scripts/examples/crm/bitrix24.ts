import type { CrmOptions } from "./crmFlow";

export const BITRIX24: CrmOptions = {
	name: "Bitrix24",
	record: {
		en: "Registers each call, with whom it was, and finishes it at once with its duration. Bitrix24 finds the customer, or makes a lead. **It has no key for a call**: until it is finished, registering again within 30 minutes gives the same call; where only the answer to *finish* was lost, the next try makes a second one.",
		es: "Registra cada llamada, con quién fue, y la cierra al momento con su duración. Bitrix24 encuentra al cliente, o crea un prospecto. **No tiene clave para una llamada**: mientras no se cierra, registrarla otra vez en 30 minutos da la misma; si solo se perdió la respuesta a *finish*, el siguiente intento crea otra.",
		pt: "Regista cada chamada, com quem foi, e fecha-a de imediato com a duração. O Bitrix24 encontra o cliente, ou cria um lead. **Não tem chave para uma chamada**: enquanto não se fecha, registá-la outra vez em 30 minutos dá a mesma; se só se perdeu a resposta a *finish*, a tentativa seguinte cria outra.",
	},
	before: {
		en: "Make an inbound webhook (Developer resources > Other) with the scopes `crm`, `telephony` and `user`. Its address is a secret. Enter each person's Bitrix24 user id under *People* in the PBX configuration.",
		es: "Crea un webhook entrante (Recursos para desarrolladores > Otros) con los permisos `crm`, `telephony` y `user`. Su dirección es un secreto. Indica la id de usuario de Bitrix24 de cada persona en *Personas*, en la configuración de la centralita.",
		pt: "Crie um webhook de entrada (Recursos para programadores > Outros) com as permissões `crm`, `telephony` e `user`. O endereço é um segredo. Indique a id de utilizador do Bitrix24 de cada pessoa em *Pessoas*, na configuração do PBX.",
	},
	unsure: {
		en: "Made after Bitrix24's documentation, not tried against it: try it with a call of yours first. Unsure: that *finish* takes `USER_PHONE_INNER` in the place of `USER_ID` (it is sent where a person has no id); the number that stands for a withheld one (`anonymous` is sent); status codes other than 200 and 304. Limit: two requests a second, two for each call.",
		es: "Hecho según la documentación de Bitrix24, sin probar con él: pruébalo antes con una llamada tuya. No es seguro: que *finish* admita `USER_PHONE_INNER` en lugar de `USER_ID` (se envía si la persona no tiene id); el número que representa a uno oculto (se envía `anonymous`); los códigos de estado distintos de 200 y 304. Límite: dos peticiones por segundo, dos por llamada.",
		pt: "Feito segundo a documentação do Bitrix24, sem ser experimentado nele: experimente primeiro com uma chamada sua. Não é certo: que *finish* aceite `USER_PHONE_INNER` em vez de `USER_ID` (envia-se se a pessoa não tem id); o número que representa um oculto (envia-se `anonymous`); os códigos de estado além de 200 e 304. Limite: dois pedidos por segundo, dois por chamada.",
	},
	variables: [
		{
			name: "BITRIX24_WEBHOOK",
			value: null,
			help: {
				en: "the webhook's address, such as `https://mycompany.bitrix24.es/rest/1/…`",
				es: "la dirección del webhook, por ejemplo `https://mycompany.bitrix24.es/rest/1/…`",
				pt: "o endereço do webhook, por exemplo `https://mycompany.bitrix24.eu/rest/1/…`",
			},
		},
	],
	steps: [
		["register", "crm/bitrix24/register.mjs"],
		["finish", "crm/bitrix24/finish.mjs"],
	],
	verdict: "crm/bitrix24/verdict.mjs",
};
