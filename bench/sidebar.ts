import { LIVE_PARTS, type LiveAnswer } from "../nodes/admin/contract";
import { LiveView } from "../nodes/admin/live";
import { Viewers } from "../nodes/admin/viewers";
import { systemClock } from "../src/link/clock";
import { ManyAccounts } from "../test/support/manyAccounts";
import type { Effort } from "./effort";
import { type Spread, spread } from "./stats";

/** What the polls of the sidebar take with so many accounts of twenty extensions. */
export interface Polls {
	/** Of the biggest answer until all is told. */
	readonly "first, bytes": number;
	/** Of all of them. */
	readonly "first, ms": Spread;
	/** While a phone rings, and is idle again, in each of a hundred polls. */
	readonly "busy, bytes": Spread;
	readonly "busy, ms": Spread;
	readonly "quiet, bytes": number;
	readonly "quiet, ms": Spread;
}

export type SidebarResult = Record<number, Polls>;

const ACCOUNTS = [1, 50, 500] as const;
const EXTENSIONS = 20;
const TIMES = 100;

interface Poll {
	readonly answer: LiveAnswer;
	readonly bytes: number;
	readonly ms: number;
}

/** Bytes, and milliseconds of the run time, of what the sidebar asks for. */
export async function sidebar(effort: Effort): Promise<SidebarResult> {
	const found: Record<number, Polls> = {};
	for (const accounts of ACCOUNTS) {
		const many = await ManyAccounts.start(accounts);
		await many.fill(EXTENSIONS);
		found[accounts] = await measure(many);
		await many.close();
		effort.note(`sidebar: ${accounts} accounts`);
	}
	return found;
}

async function measure(many: ManyAccounts): Promise<Polls> {
	const view = new LiveView(many.RED, new Viewers(systemClock));
	let seen = 0;
	const poll = (viewer: string): Poll => {
		const started = performance.now();
		const answer = view.answer({ viewer, seen, account: "c0", parts: LIVE_PARTS, find: "" });
		const bytes = Buffer.byteLength(JSON.stringify(answer));
		seen = answer.number;
		return { answer, bytes, ms: performance.now() - started };
	};
	const all = (viewer: string): Poll[] => {
		seen = 0;
		const polls = [poll(viewer)];
		while (polls.at(-1)?.answer.isCut) polls.push(poll(viewer));
		return polls;
	};
	const first = Array.from({ length: TIMES }, (_, i) => all(`viewer ${i}`));
	all("viewer");
	const busy: Poll[] = [];
	const quiet: Poll[] = [];
	for (let i = 0; i < TIMES; i++) {
		const word = i % 2 === 0 ? "Timbre" : "Libre";
		many.say(0, `(info,270-${word}-1003-0)`);
		const state = i % 2 === 0 ? "ringing" : "idle";
		while (many.pbxs[0]?.look("1003")?.state !== state) await new Promise((resolve) => setTimeout(resolve, 1));
		busy.push(poll("viewer"));
		quiet.push(poll("viewer"));
	}
	const sum = (polls: Poll[]) => polls.reduce((total, { ms }) => total + ms, 0);
	return {
		"first, bytes": Math.max(...first.flat().map(({ bytes }) => bytes)),
		"first, ms": spread(first.map(sum)),
		"busy, bytes": spread(busy.map(({ bytes }) => bytes)),
		"busy, ms": spread(busy.map(({ ms }) => ms)),
		"quiet, bytes": Math.max(...quiet.map(({ bytes }) => bytes)),
		"quiet, ms": spread(quiet.map(({ ms }) => ms)),
	};
}
