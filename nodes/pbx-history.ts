import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import { localText } from "../src/crm/localTime";
import { DIRECTIONS, OUTCOMES } from "../src/eventNames";
import type { CallOutcome, CallRecord, CallRow, Forgotten, HistoryResult, NumberHistory } from "../src/messages";
import { partyOf } from "../src/numbers/party";
import type { Pbx } from "../src/pbx/pbx";
import type { CallLog } from "../src/store/callLog";
import { TOTALS_BY } from "../src/store/countedCalls";
import { type CallFilter, callsOf, callsWith, numberHistory, unreturnedCalls } from "../src/store/history";
import { erasePerson } from "../src/store/records";
import { totalsOf } from "../src/store/totals";
import { chosen } from "./shared/chosen";
import { Closing } from "./shared/closing";
import { callLogOf, pbxOf, setUp } from "./shared/configNode";
import { DEFAULT_LIMIT, LONGEST_LIMIT, numberWithin, type PbxHistoryOptions, splitList } from "./shared/options";
import { propertyValue } from "./shared/property";
import { readMoment } from "./shared/readMoment";
import { forPeople } from "./shared/texts";
import { filledIn } from "./shared/variables";

/** A call as a row of a table. */
function rowOf(record: CallRecord & { readonly misses?: number }): CallRow {
	const { crm, direction, outcome, extension, name, contact, queue, answeredBy, key } = record;
	return {
		...{ key, started: crm.started, startedLocal: crm.startedLocal, direction, outcome, number: crm.number },
		...{ name: contact?.name || name || "", queue: queue ?? "", extension, user: crm.user.name },
		...{ answeredBy: answeredBy.join(" "), wait: crm.ringSeconds, talk: crm.seconds, misses: record.misses ?? 0 },
	};
}

interface Answer {
	readonly payload: HistoryResult;
	readonly history?: NumberHistory;
}

function totals(log: CallLog, pbx: Pbx, filter: CallFilter, saved: PbxHistoryOptions["by"]): Promise<HistoryResult> {
	const by = TOTALS_BY.find((each) => each === saved) ?? "day";
	return log.store.read((db) => totalsOf(db, filter, by, (wall) => localText(wall, pbx.crm.timeZone)));
}

async function forget(log: CallLog, pbx: Pbx, number: string): Promise<Forgotten> {
	const party = partyOf(number, pbx.crm.plan);
	const calls = party === "" ? 0 : await log.store.write((db) => erasePerson(db, pbx.tenant, party));
	pbx.contacts.forget(party);
	return { event: "history.forgotten", at: new Date().toISOString(), tenant: pbx.tenant, number: party, calls };
}

function register(RED: NodeAPI): void {
	function PbxHistory(this: Node, config: NodeDef & PbxHistoryOptions): void {
		RED.nodes.createNode(this, config);
		const closing = new Closing();
		const limit = Math.round(numberWithin(config.limit, DEFAULT_LIMIT, 1, LONGEST_LIMIT));
		setUp(RED, this, () => callLogOf(RED, config.pbx));

		const value = (message: NodeMessage, text: string, type: string | undefined) =>
			propertyValue(RED, this, message, text, type ?? "str");
		const numberOf = async (message: NodeMessage): Promise<string> => {
			const number = await value(message, config.number, config.numberType);
			return typeof number === "string" || typeof number === "number" ? String(number).trim() : "";
		};
		const filterOf = async (message: NodeMessage, pbx: Pbx): Promise<CallFilter> => {
			const { timeZone } = pbx.crm;
			const extensions = splitList(filledIn(RED, this, String(config.extensions ?? "")));
			const now = Date.now();
			return {
				tenant: pbx.tenant,
				from: readMoment(await value(message, config.from, config.fromType), timeZone, now),
				to: readMoment(await value(message, config.to, config.toType), timeZone, now),
				extensions,
				queues: [],
				directions: [...chosen(config.directions, DIRECTIONS)],
				outcomes: [...chosen<string>(config.outcomes, OUTCOMES)] as CallOutcome[],
			};
		};
		const asAsked = (records: CallRecord[]): HistoryResult => (config.format === "rows" ? records.map(rowOf) : records);
		const answer = async (message: NodeMessage): Promise<Answer> => {
			const pbx = pbxOf(RED, config.pbx);
			const log = callLogOf(RED, config.pbx);
			switch (config.query) {
				case "unreturned": {
					const filter = await filterOf(message, pbx);
					return { payload: asAsked(await log.store.read((db) => unreturnedCalls(db, filter, limit))) };
				}
				case "calls": {
					const filter = await filterOf(message, pbx);
					return { payload: asAsked(await log.store.read((db) => callsOf(db, filter, limit))) };
				}
				case "totals":
					return { payload: await totals(log, pbx, await filterOf(message, pbx), config.by) };
				case "forget":
					return { payload: await forget(log, pbx, await numberOf(message)) };
				default: {
					const party = partyOf(await numberOf(message), pbx.crm.plan);
					const calls = party === "" ? [] : await log.store.read((db) => callsWith(db, pbx.tenant, party, limit));
					const history = await log.store.read((db) => numberHistory(db, pbx.tenant, party, Date.now()));
					return { payload: asAsked(calls), history };
				}
			}
		};

		this.on("input", (message, send, done) => {
			closing
				.orClosed(answer(message))
				.then((result) => send(Object.assign(message, result)))
				.then(
					() => done(),
					(error: unknown) => done(forPeople(RED, error)),
				);
		});
		this.on("close", () => closing.close());
	}
	RED.nodes.registerType("pbx-history", PbxHistory);
}

export = register;
