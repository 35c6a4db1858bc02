import type { CrmOptions } from "./crmFlow";

export const PIPEDRIVE: CrmOptions = {
	name: "Pipedrive",
	record: {
		en: "Writes each call as a *call log*, with the person who has that number. **Pipedrive has no key for it**: where it kept a call and only its answer was lost, the next try writes a second one. The key stands in the note, so that it can be seen.",
		es: "Escribe cada llamada como *registro de llamada*, con la persona que tiene ese número. **Pipedrive no tiene clave para él**: si guardó una llamada y solo se perdió su respuesta, el siguiente intento escribe otra. La clave está en la nota, así se puede ver.",
		pt: "Escreve cada chamada como *registo de chamada*, com a pessoa que tem esse número. **O Pipedrive não tem chave para ele**: se guardou uma chamada e só a resposta se perdeu, a tentativa seguinte escreve outra. A chave está na nota, para que se possa ver.",
	},
	before: {
		en: "Copy the API token (Personal preferences > API).",
		es: "Copia el token de la API (Preferencias personales > API).",
		pt: "Copie o token da API (Preferências pessoais > API).",
	},
	unsure: {
		en: "Made after Pipedrive's documentation, not tried against it: try it with a call of yours first. Unsure: that `to_phone_number` of a call that came in may be an extension; whether a search by the digits without country code finds numbers typed with blanks. Cost: 10 tokens for each call log, of 30,000 × plan × seats a day.",
		es: "Hecho según la documentación de Pipedrive, sin probar con él: pruébalo antes con una llamada tuya. No es seguro: que `to_phone_number` de una llamada entrante pueda ser una extensión; si buscar por los dígitos sin prefijo de país encuentra números escritos con espacios. Coste: 10 tokens por registro de llamada, de 30.000 × plan × usuarios al día.",
		pt: "Feito segundo a documentação do Pipedrive, sem ser experimentado nele: experimente primeiro com uma chamada sua. Não é certo: que `to_phone_number` de uma chamada recebida possa ser uma extensão; se procurar pelos dígitos sem indicativo do país encontra números escritos com espaços. Custo: 10 tokens por registo de chamada, de 30 000 × plano × utilizadores por dia.",
	},
	variables: [
		{
			name: "PIPEDRIVE_URL",
			value: "https://api.pipedrive.com",
			help: {
				en: "stays as it is, or `https://mycompany.pipedrive.com`",
				es: "se queda como está, o `https://mycompany.pipedrive.com`",
				pt: "fica como está, ou `https://mycompany.pipedrive.com`",
			},
		},
		{
			name: "PIPEDRIVE_TOKEN",
			value: null,
			help: { en: "the API token", es: "el token de la API", pt: "o token da API" },
		},
	],
	steps: [
		["the contact", "crm/pipedrive/contact.mjs"],
		["the record", "crm/pipedrive/record.mjs"],
	],
	verdict: "crm/pipedrive/verdict.mjs",
};
