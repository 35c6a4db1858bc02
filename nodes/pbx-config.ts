import type { NodeAPI, NodeDef } from "node-red";
import { PbxError } from "../src/errors";
import { systemClock } from "../src/link/clock";
import { LinkPool } from "../src/link/pool";
import { Journal } from "../src/pbx/journal";
import { Pbx } from "../src/pbx/pbx";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";
import { registerRoutes } from "./admin/routes";
import { readAccount } from "./shared/account";
import { type KeyCredential, type PbxConfigNode, tlsSettings } from "./shared/configNode";
import type { PbxConfigOptions } from "./shared/options";
import { forPeople } from "./shared/texts";

// One for the process: config nodes that mean the same extension of the same PBX share its socket.
const links = new LinkPool({ clock: systemClock, random: Math.random, vocabulary: STANDARD_VOCABULARY });

function register(RED: NodeAPI): void {
	function PbxConfig(this: PbxConfigNode, config: NodeDef & PbxConfigOptions): void {
		RED.nodes.createNode(this, config);
		try {
			const options = readAccount(config, this.credentials?.key, tlsSettings(RED, config));
			const failed = (error: unknown) => this.error(forPeople(RED, error));
			const note = (text: string) => this.log(text);
			const pbx = new Pbx(options, { links, clock: systemClock, vocabulary: STANDARD_VOCABULARY, note, failed });
			const journal = new Journal(pbx, systemClock);
			this.account = { pbx, journal };
			this.on("close", (done: () => void) => {
				journal.close();
				void pbx.close().finally(done);
			});
		} catch (error) {
			if (!(error instanceof PbxError)) throw error;
			// The nodes that use it say what is wrong.
			this.account = { fault: error };
		}
	}
	RED.nodes.registerType<PbxConfigNode, NodeDef & PbxConfigOptions, object, KeyCredential>("pbx-config", PbxConfig, {
		credentials: { key: { type: "password" } },
	});
	registerRoutes(RED);
}

export = register;
