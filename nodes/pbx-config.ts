import type { NodeAPI, NodeDef } from "node-red";
import { PbxError } from "../src/errors";
import { systemClock } from "../src/link/clock";
import { Journal } from "../src/pbx/journal";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";
import { registerRoutes } from "./admin/routes";
import { readAccount } from "./shared/account";
import { accounts, followDeploys } from "./shared/accounts";
import { keeperOf, useCallLog } from "./shared/callLogs";
import { type KeyCredential, type PbxConfigNode, tlsSettings } from "./shared/configNode";
import type { PbxConfigOptions } from "./shared/options";
import { readStore } from "./shared/storeOptions";
import { forPeople } from "./shared/texts";

/** A limit that names a variable which is set to nothing must not come out as no limit. */
function refuseEmptyLimits(RED: NodeAPI, id: string, config: PbxConfigOptions): void {
	RED.nodes.eachNode((node) => {
		if (node.id !== id) return;
		const saved = node as NodeDef & Partial<PbxConfigOptions>;
		for (const name of ["dialAllowed", "dialPerExtension", "dialInAll", "dialRepeat", "dryRun"] as const) {
			const variable = /^\$\{([^}]+)\}$/.exec(String(saved[name] ?? ""))?.[1];
			if (variable === undefined || String(config[name] ?? "").trim() !== "") continue;
			throw new PbxError("unset-variable", `The environment variable ${variable} is empty`, { name: variable });
		}
	});
}

function register(RED: NodeAPI): void {
	function PbxConfig(this: PbxConfigNode, config: NodeDef & PbxConfigOptions): void {
		RED.nodes.createNode(this, config);
		try {
			refuseEmptyLimits(RED, this.id, config);
			const options = readAccount(config, this.credentials?.key, tlsSettings(RED, config));
			const failed = (error: unknown) => this.error(forPeople(RED, error));
			const note = (text: string) => this.log(text);
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
