import type { NodeAPI, NodeDef } from "node-red";
import { PbxError } from "../src/errors";
import { systemClock } from "../src/link/clock";
import { Journal } from "../src/pbx/journal";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";
import { visible } from "../src/visible";
import { registerRoutes } from "./admin/routes";
import { readAccount } from "./shared/account";
import { accounts, followDeploys } from "./shared/accounts";
import { keeperOf, useCallLog } from "./shared/callLogs";
import { type KeyCredential, type PbxConfigNode, tlsSettings } from "./shared/configNode";
import { refuseEmptyLimits } from "./shared/emptyLimits";
import type { PbxConfigOptions } from "./shared/options";
import { readStore } from "./shared/storeOptions";
import { forPeople } from "./shared/texts";

function register(RED: NodeAPI): void {
	function PbxConfig(this: PbxConfigNode, config: NodeDef & PbxConfigOptions): void {
		RED.nodes.createNode(this, config);
		try {
			refuseEmptyLimits(RED, this, config);
			const options = readAccount(config, this.credentials?.key, tlsSettings(RED, config));
			const failed = (error: unknown) => this.error(forPeople(RED, error));
			const note = (text: string) => this.log(visible(text));
			const warn = (warning: PbxError) => this.warn(forPeople(RED, warning).message);
			const userDir = String(RED.settings.userDir ?? process.cwd());
			const settings = readStore(config, this.credentials?.storePassword, userDir);
			const keeper = settings && keeperOf(settings, options, userDir);
			const used = settings && useCallLog(settings.store, failed);
			const pbx = accounts.open(this.id, options, { vocabulary: STANDARD_VOCABULARY, keeper, note, warn, failed });
			const journal = Journal.of(pbx, systemClock);
			this.account = { pbx, journal, callLog: used?.log ?? null };
			this.on("close", (removed: boolean, done: () => void) => {
				journal.close();
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
