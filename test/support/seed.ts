/** Literal frames from the vendor's document ("API Meetip PRO", 2023-10-11), in its order and spelling. */

export const PROMPT_KEY = "(???,CONECTADO)";
export const PROMPT_KNOWN = "(ID?,CONECTADO)";

/** The document's example installation. */
export const TENANT = "227";
export const KEY = "XX_673482yRTO988423432xx%";
export const EXTENSION = "11";

/** "Canal de monitorização": the whole block, frame by frame. */
export const MONITOR_FRAMES = [
	"(info,270-Timbre-2203-0)",
	"(info,270-terminada-2209-1508337513.3520805)",
	"(info,270-Ocupada-2402-0)",
	"(info,270-terminada-5112-1508337514.3520810)",
	"(info,270-Timbre-5112-0)",
	"(info,270-Ocupada-2504-0)",
	"(info,270-974319404-3103-1508337505.3520740)",
	"(info,270-terminada-3102-1508337505.3520744)",
	"(info,270-Livre-3101-0) (info,270-Libre-3105-0)",
	"(info,270-Libre-3102-0)",
	"(info,270-Libre-3104-0)",
	"(info,270-Ocupada-5112-0)",
	"(info,270-terminated-3103-1508337505.3520740)",
] as const;

/** "EDITAR ACTIVACION API": the command, and the line it becomes when the PBX fills it in. */
export const PRO_TEMPLATE =
	"http://192.168.139/CRM/forms/general/DbFind.aspx?pi=%*CALLER_ID*%&tiempo=%*DURACION*%&modo=ColgadoEntrante";
export const PRO_LINE = "http://192.168.139/CRM/forms/general/DbFind.aspx?pi=974319404&tiempo=42&modo=ColgadoEntrante";
