import type { NodeAPI, NodeDef } from "node-red";
import { PbxError } from "../src/errors";
import { systemClock } from "../src/link/clock";
import { Journal } from "../src/pbx/journal";
import type { UnknownWords } from "../src/pbx/unknownWords";
import { taughtVocabulary } from "../src/protocol/vocabulary";
import { visible } from "../src/visible";
import { registerRoutes } from "./admin/routes";
import { readAccount } from "./shared/account";
import { accounts, followDeploys } from "./shared/accounts";
import { keeperOf, useCallLog } from "./shared/callLogs";
import { type KeyCredential, type PbxConfigNode, tlsSettings } from "./shared/configNode";
import { refuseEmptyLimits } from "./shared/emptyLimits";
import type { PbxConfigOptions } from "./shared/options";
import { readStore } from "./shared/readStore";
import { forPeople, sharedText } from "./shared/texts";
import { allFilledIn } from "./shared/variables";
import { readWords } from "./shared/words";

/** More are told in the form only: a PBX that speaks another language has dozens. */
const MOST_WARNINGS = 20;

/** Says of each word that nobody knows, once, that it can be taught. Gives what ends that. */
function warnOfWords(RED: NodeAPI, node: PbxConfigNode, words: UnknownWords): () => void {
	let left = MOST_WARNINGS;
	return words.watch(({ word, place, count, ticket }) => {
		if (count > 1 || left-- <= 0) return;
		node.warn(sharedText(RED, `words.warning.${place}`, { word, ticket }));
	});
}

function register(RED: NodeAPI): void {
	function PbxConfig(this: PbxConfigNode, saved: NodeDef & PbxConfigOptions): void {
		RED.nodes.createNode(this, saved);
		try {
			refuseEmptyLimits(RED, this, saved);
			const config = allFilledIn(RED, this, saved);
			const options = readAccount(config, this.credentials?.key, tlsSettings(RED, config));
			const failed = (error: unknown) => this.error(forPeople(RED, error));
			const note = (text: string) => this.log(visible(text));
			const warn = (warning: PbxError) => this.warn(forPeople(RED, warning).message);
			const userDir = String(RED.settings.userDir ?? process.cwd());
			const settings = readStore(config, this.credentials?.storePassword, userDir);
			const keeper = settings && keeperOf(settings, options, userDir);
			const used = settings && useCallLog(settings.store, failed);
			const vocabulary = taughtVocabulary(readWords(config.words));
			const pbx = accounts.open(this.id, options, { vocabulary, keeper, note, warn, failed });
			const unwatch = warnOfWords(RED, this, pbx.unknownWords);
			const journal = Journal.of(pbx, systemClock);
			this.account = { pbx, journal, callLog: used?.log ?? null };
			this.on("close", (removed: boolean, done: () => void) => {
				pbx.trace.close();
				journal.close();
				unwatch();
				void accounts
					.release(this.id, pbx, removed)
					.then(() => used?.release())
					.finally(done);
			});
		} catch (error) {
			if (!(error instanceof PbxError)) throw error;
			// The nodes that use it say what is wrong.
			this.account = { fault: error };
		}
	}
	RED.nodes.registerType<PbxConfigNode, NodeDef & PbxConfigOptions, object, KeyCredential>("pbx-config", PbxConfig, {
		credentials: { key: { type: "password" }, storePassword: { type: "password" } },
	});
	followDeploys(RED);
	registerRoutes(RED);
}

export = register;
