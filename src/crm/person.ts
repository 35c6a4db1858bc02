/** Somebody at the company: whose extension it is, and who that is to the CRM. */
export interface Person {
	readonly extension: string;
	readonly name: string;
	/** The CRM's id of the user. */
	readonly user: string;
	readonly email: string;
}
