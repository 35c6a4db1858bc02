import type { CrmOptions } from "./crmFlow";

export const DYNAMICS: CrmOptions = {
	name: "Dynamics 365",
	record: {
		en: "Writes each call as a *phone call* activity (Dataverse Web API 9.2), with an id made of the call's key and the contact that has that number. It is only made, never changed: what is there already stays as it is, and a record that is handed over twice is there once.",
		es: "Escribe cada llamada como actividad *llamada de teléfono* (Dataverse Web API 9.2), con una id hecha de la clave de la llamada y el contacto que tiene ese número. Solo se crea, nunca se cambia: lo que ya está se queda como está, y un registro entregado dos veces está una vez.",
		pt: "Escreve cada chamada como atividade *chamada telefónica* (Dataverse Web API 9.2), com uma id feita da chave da chamada e o contacto que tem esse número. Só se cria, nunca se altera: o que já existe fica como está, e um registo entregue duas vezes está lá uma vez.",
	},
	before: {
		en: "Register an app in Entra ID with a client secret, and make it an application user of your environment with a role that may read contacts and write activities.",
		es: "Registra una app en Entra ID con un secreto de cliente y hazla usuario de aplicación de tu entorno, con un rol que pueda leer contactos y escribir actividades.",
		pt: "Registe uma app no Entra ID com um segredo de cliente e torne-a utilizador de aplicação do seu ambiente, com uma função que possa ler contactos e escrever atividades.",
	},
	unsure: {
		en: "Made after Microsoft's documentation, not tried against it: try it with a call of yours first. Unsure: that `If-None-Match: *` answers 412 where the call is there; the names of the parties (`partyid_contact`, `partyid_systemuser`). The activity stays *open*, as a completed one takes no more changes. Whole minutes only, rounded up. Numbers are compared letter by letter. Limits: 6,000 requests in five minutes per user; `Retry-After` is heeded.",
		es: "Hecho según la documentación de Microsoft, sin probar con él: pruébalo antes con una llamada tuya. No es seguro: que `If-None-Match: *` responda 412 si la llamada ya está; los nombres de las partes (`partyid_contact`, `partyid_systemuser`). La actividad queda *abierta*, porque una completada no admite más cambios. Solo minutos enteros, redondeados hacia arriba. Los números se comparan letra a letra. Límites: 6.000 peticiones en cinco minutos por usuario; se respeta `Retry-After`.",
		pt: "Feito segundo a documentação da Microsoft, sem ser experimentado nele: experimente primeiro com uma chamada sua. Não é certo: que `If-None-Match: *` responda 412 se a chamada já existe; os nomes das partes (`partyid_contact`, `partyid_systemuser`). A atividade fica *aberta*, porque uma concluída não aceita mais alterações. Só minutos inteiros, arredondados para cima. Os números comparam-se letra a letra. Limites: 6000 pedidos em cinco minutos por utilizador; respeita-se `Retry-After`.",
	},
	variables: [
		{
			name: "DYNAMICS_URL",
			value: "https://mycompany.crm4.dynamics.com",
			help: { en: "your environment", es: "tu entorno", pt: "o seu ambiente" },
		},
		{
			name: "DYNAMICS_TOKEN_URL",
			value: "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token",
			help: {
				en: "with your directory's id in it",
				es: "con la id de tu directorio dentro",
				pt: "com a id do seu diretório",
			},
		},
		{ name: "DYNAMICS_CLIENT_ID", value: "", help: { en: "the app's id", es: "la id de la app", pt: "a id da app" } },
		{ name: "DYNAMICS_CLIENT_SECRET", value: null, help: { en: "its secret", es: "su secreto", pt: "o segredo dela" } },
	],
	steps: [
		["the contact", "crm/dynamics/contact.mjs"],
		["the record", "crm/dynamics/record.mjs"],
	],
	verdict: "crm/dynamics/verdict.mjs",
	token: "crm/dynamics/token.mjs",
};
