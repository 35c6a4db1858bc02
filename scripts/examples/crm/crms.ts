import type { Flow } from "../flow";
import { BITRIX24 } from "./bitrix24";
import { crmFlow } from "./crmFlow";
import { DOLIBARR } from "./dolibarr";
import { DYNAMICS } from "./dynamics";
import { HUBSPOT } from "./hubspot";
import { ODOO } from "./odoo";
import { PIPEDRIVE } from "./pipedrive";
import { SALESFORCE } from "./salesforce";
import { SUITECRM } from "./suitecrm";
import { TRYTON } from "./tryton";
import { ZOHO } from "./zoho";

/** The CRMs that a flow is made for. */
const CRMS = [BITRIX24, DOLIBARR, DYNAMICS, HUBSPOT, ODOO, PIPEDRIVE, SALESFORCE, SUITECRM, TRYTON, ZOHO];

/** Their flows. */
export const CRM_FLOWS: readonly (() => Flow)[] = CRMS.map((crm) => () => crmFlow(crm));
