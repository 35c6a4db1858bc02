import type { CrmOptions } from "./crmFlow";

export const SALESFORCE: CrmOptions = {
	name: "Salesforce",
	record: {
		en: "Writes each call as a completed *task* of the kind call, under its key (an external id), with the contact that has that number. A record that is handed over twice is there once.",
		es: "Escribe cada llamada como *tarea* completada de tipo llamada, con su clave (un id externo) y el contacto que tiene ese número. Un registro entregado dos veces está una vez.",
		pt: "Escreve cada chamada como *tarefa* concluída do tipo chamada, com a sua chave (um id externo) e o contacto que tem esse número. Um registo entregue duas vezes está lá uma vez.",
	},
	before: {
		en: "Make a field `PBX_Key` of *Activity* (text, 255, **external id, unique**), and a connected app with the *client credentials* flow and a user to run as, who may read contacts and write tasks.",
		es: "Crea un campo `PBX_Key` de *Actividad* (texto, 255, **id externo, único**) y una app conectada con el flujo *client credentials* y un usuario de ejecución que pueda leer contactos y escribir tareas.",
		pt: "Crie um campo `PBX_Key` de *Atividade* (texto, 255, **id externo, único**) e uma app conectada com o fluxo *client credentials* e um utilizador de execução que possa ler contactos e escrever tarefas.",
	},
	unsure: {
		en: "Made after Salesforce's documentation, not tried against it: try it with a call of yours first. Unsure: that `TaskSubtype` may be sent again when a task is there already (if not, the second try is refused with 400 although the task is there: delete that line); the search's language (SOSL). Limits: 100,000 requests a day and more by user; two for each call.",
		es: "Hecho según la documentación de Salesforce, sin probar con él: pruébalo antes con una llamada tuya. No es seguro: que `TaskSubtype` se pueda enviar otra vez si la tarea ya está (si no, el segundo intento se rechaza con 400 aunque la tarea esté: borra esa línea); el lenguaje de la búsqueda (SOSL). Límites: 100.000 peticiones al día y más por usuario; dos por llamada.",
		pt: "Feito segundo a documentação do Salesforce, sem ser experimentado nele: experimente primeiro com uma chamada sua. Não é certo: que `TaskSubtype` possa ser enviado de novo quando a tarefa já existe (se não, a segunda tentativa é recusada com 400 embora a tarefa exista: apague essa linha); a linguagem da pesquisa (SOSL). Limites: 100 000 pedidos por dia e mais por utilizador; dois por chamada.",
	},
	variables: [
		{
			name: "SALESFORCE_URL",
			value: "https://mycompany.my.salesforce.com",
			help: { en: "your domain", es: "tu dominio", pt: "o seu domínio" },
		},
		{
			name: "SALESFORCE_KEY_FIELD",
			value: "PBX_Key__c",
			help: { en: "the field's API name", es: "el nombre API del campo", pt: "o nome API do campo" },
		},
		{
			name: "SALESFORCE_CLIENT_ID",
			value: "",
			help: {
				en: "the connected app's consumer key",
				es: "la clave de consumidor de la app conectada",
				pt: "a chave de consumidor da app conectada",
			},
		},
		{
			name: "SALESFORCE_CLIENT_SECRET",
			value: null,
			help: { en: "its secret", es: "su secreto", pt: "o segredo dela" },
		},
	],
	steps: [
		["the contact", "crm/salesforce/contact.mjs"],
		["the record", "crm/salesforce/record.mjs"],
	],
	token: "crm/salesforce/token.mjs",
};
