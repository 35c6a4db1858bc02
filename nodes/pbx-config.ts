import type { NodeAPI, NodeDef } from "node-red";
import { PbxError } from "../src/errors";
import { systemClock } from "../src/link/clock";
import { LinkPool } from "../src/link/pool";
import type { TlsSettings } from "../src/link/socket";
import { Pbx } from "../src/pbx/pbx";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";
import { readAccount } from "./shared/account";
import type { KeyCredential, PbxConfigNode } from "./shared/configNode";
import type { PbxConfigOptions } from "./shared/options";
import { forPeople } from "./shared/texts";

/** What a core `tls-config` node offers. */
interface TlsConfigNode {
	addTLSOptions(options: object): TlsSettings;
}

// One for the process: config nodes that mean the same extension of the same PBX share its socket.
const links = new LinkPool({ clock: systemClock, random: Math.random, vocabulary: STANDARD_VOCABULARY });

function tlsSettings(RED: NodeAPI, { tls, url }: PbxConfigOptions): TlsSettings | null {
	if (!tls || !/^\s*wss:/i.test(String(url))) return null;
	const node: unknown = RED.nodes.getNode(tls);
	if (typeof node !== "object" || node === null || !("addTLSOptions" in node)) {
		throw new PbxError("no-tls", "The TLS configuration chosen in the PBX does not exist (any more)");
	}
	return (node as TlsConfigNode).addTLSOptions({});
}

function register(RED: NodeAPI): void {
	function PbxConfig(this: PbxConfigNode, config: NodeDef & PbxConfigOptions): void {
		RED.nodes.createNode(this, config);
		try {
			const options = readAccount(config, this.credentials?.key, tlsSettings(RED, config));
			const failed = (error: unknown) => this.error(forPeople(RED, error));
			const note = (text: string) => this.log(text);
			const pbx = new Pbx(options, { links, clock: systemClock, vocabulary: STANDARD_VOCABULARY, note, failed });
			this.account = { pbx };
			this.on("close", (done: () => void) => void pbx.close().finally(done));
		} catch (error) {
			if (!(error instanceof PbxError)) throw error;
			// The nodes that use it say what is wrong.
			this.account = { fault: error };
		}
	}
	RED.nodes.registerType<PbxConfigNode, NodeDef & PbxConfigOptions, object, KeyCredential>("pbx-config", PbxConfig, {
		credentials: { key: { type: "password" } },
	});
}

export = register;
