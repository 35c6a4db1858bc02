import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CrmName } from "./crmApis";
import type { ExampleNode } from "./example";
import { ROOT } from "./nodeRed";

const FOLDER = join(ROOT, "examples", "English", "CRM");
/** The files of the flows. */
export const CRM_FILES = readdirSync(FOLDER).sort();

export function readCrmFlow(file: string): ExampleNode[] {
	return JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
}

/** `dynamics` of `Dynamics 365.json`. */
export function crmOf(file: string): CrmName {
	return (/^\w+/.exec(file)?.[0] ?? "").toLowerCase() as CrmName;
}

/** What a user enters in the tab, where it is not an address: the CRM's is the server's, below a path of its own. */
const ENTERED: Readonly<Record<string, string>> = {
	ODOO_PARTNER: "4",
	DOLIBARR_USER: "4",
	TRYTON_PARTY: "4",
};

function entered(name: string, saved: string, url: string): string {
	if (name === "DYNAMICS_TOKEN_URL") return `${url}/token`;
	if (name === "BITRIX24_WEBHOOK") return `${url}/rest/1/secret/`;
	if (/_(URL|API|ACCOUNTS)$/.test(name)) return url;
	if (name.endsWith("_CLIENT_ID")) return "id";
	return ENTERED[name] ?? saved;
}

/** Nodes for one Node-RED, with what stands beside them for secrets. */
export interface FilledIn {
	readonly flows: readonly object[];
	readonly credentials: Readonly<Record<string, object>>;
	/** The `pbx-log` of each CRM. */
	readonly logs: ReadonlyMap<CrmName, string>;
}

/**
 * All flows as their users fill them in.
 *
 * @param pbx   what is entered in the PBX configuration
 * @param crms  the address of the CRMs, each below a path of its own
 */
export function filledIn(files: readonly string[], pbx: object, crms: string): FilledIn {
	const credentials: Record<string, object> = {};
	const logs = new Map<CrmName, string>();
	const configs = new Map<string, object>();
	const flows = files.flatMap((file) =>
		readCrmFlow(file).flatMap((node): object[] => {
			const name = crmOf(file);
			const url = `${crms}/${name}`;
			if (node.type === "pbx-log") logs.set(name, node.id);
			if (node.type === "pbx-config") {
				configs.set(node.id, { ...node, ...pbx });
				credentials[node.id] = { key: "secret" };
				return [];
			}
			if (!node.env) return [node];
			const secrets = node.env.filter(({ type }) => type === "cred");
			const map = secrets.map((each) => [each.name, entered(each.name, "secret", url)]);
			credentials[node.id] = Object.fromEntries(map);
			const env = node.env.map((each) =>
				each.type === "cred" ? each : { ...each, value: entered(each.name, each.value, url) },
			);
			return [{ ...node, env }];
		}),
	);
	return { flows: [...flows, ...configs.values()], credentials, logs };
}
