import { bitrix24, dynamics, hubspot, pipedrive, salesforce, zoho } from "./hostedCrmApis";
import { dolibarr, odoo, suitecrm, tryton } from "./ownCrmApis";

/** The CRMs, as their documentations say that they are, by the part of the path that is theirs. */
export const CRM_APIS = { odoo, hubspot, zoho, salesforce, pipedrive, bitrix24, dolibarr, suitecrm, dynamics, tryton };
export type CrmName = keyof typeof CRM_APIS;
