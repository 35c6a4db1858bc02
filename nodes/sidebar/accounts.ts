import type { LiveAccount } from "../admin/contract";
import { sharedText } from "../shared/editor/api";
import { plain } from "./format";
import { type Row, Rows, setAttribute, setLine, setShown, setText } from "./lists";

/** Accounts in trouble that are named. */
const MOST_NAMED = 5;

/** What an account is called. */
function nameOf({ name, tenant }: LiveAccount): string {
	return plain(name) || `PBX ${plain(tenant)}`;
}

/** Whether something does not work: a fault, or a connection that should be up and is not. */
function isInTrouble({ fault, down }: LiveAccount): boolean {
	return fault !== null || down > 0;
}

function option(): Row<LiveAccount> {
	const element = $("<option>");
	return {
		element,
		show(account) {
			setAttribute(element, "value", account.key);
			setText(element, `${isInTrouble(account) ? "⚠ " : ""}${nameOf(account)}`);
		},
	};
}

/** A button that chooses an account. */
function choice(choose: (key: string) => void): Row<LiveAccount> {
	const element = $("<button>").attr("type", "button").addClass("pbx-link-button");
	let key = "";
	element.on("click", () => choose(key));
	return {
		element,
		show(account) {
			key = account.key;
			setText(element, nameOf(account));
		},
	};
}

/** The head of the tab: which account is looked at, how it is, and which others need somebody's attention. */
export class AccountsView {
	readonly element = $("<div>").addClass("pbx-accounts");
	readonly #name = $("<h3>");
	readonly #select = $("<select>").attr("aria-label", sharedText("sidebar.account"));
	readonly #options = new Rows<LiveAccount>(this.#select, option);
	readonly #fault = $("<p>").attr("role", "alert").addClass("pbx-fault");
	readonly #trouble = $("<p>").addClass("pbx-trouble");
	readonly #troubleText = $("<span>");
	readonly #named: Rows<LiveAccount>;
	#drawn: readonly LiveAccount[] = [];

	/**
	 * @param choose  hears which one is chosen
	 * @param tools   what stands beside its name
	 */
	constructor(choose: (key: string) => void, tools: JQuery) {
		this.#select.on("change", () => choose(String(this.#select.val() ?? "")));
		this.#named = new Rows<LiveAccount>($("<span>").addClass("pbx-named"), () => choice(choose));
		this.#trouble.append(this.#troubleText, " ", this.#named.element);
		const head = $("<div>").addClass("pbx-head").append(this.#name, this.#select, tools);
		this.element.append(head, this.#fault, this.#trouble);
	}

	show(accounts: readonly LiveAccount[], chosen: string, more: number, now: number): void {
		const account = accounts.find(({ key }) => key === chosen);
		setShown(this.#name, accounts.length === 1);
		setShown(this.#select, accounts.length > 1);
		// Hundreds of them, which seldom change.
		if (accounts !== this.#drawn) this.#options.show(accounts, now);
		this.#drawn = accounts;
		if (this.#select.val() !== chosen) this.#select.val(chosen);
		setText(this.#name, account ? nameOf(account) : "");
		const limit = account?.isOverfull ? sharedText("sidebar.overfull") : "";
		setLine(this.#fault, account?.fault ?? limit);
		const others = accounts.filter((each) => each.key !== chosen && isInTrouble(each));
		setShown(this.#trouble, others.length > 0);
		const left = more > 0 ? ` (${sharedText("sidebar.more", { count: more })})` : "";
		setText(this.#troubleText, sharedText("sidebar.trouble", { count: others.length }) + left);
		this.#named.show(others.slice(0, MOST_NAMED), now);
	}
}
