import type { Node, NodeAPI, NodeDef } from "node-red";
import type { Activation } from "../src/calls/template";
import { PbxError } from "../src/errors";
import type { SimulatorFrame } from "../src/messages";
import { parseCommand } from "../src/simulator/parseCommand";
import { LOOPBACK, Simulator } from "../src/simulator/simulator";
import { type KeyCredential, pbxOf } from "./shared/configNode";
import { faultStatus } from "./shared/faultStatus";
import { DEFAULT_PORT, type PbxSimulatorOptions, splitList } from "./shared/options";
import type { PbxSimulatorNode } from "./shared/simulatorNode";
import { forPeople } from "./shared/texts";

/** The PRO event table of a PBX; none where that PBX is not set up, which its own nodes say as well. */
function activationsOf(RED: NodeAPI, node: Node, pbx: string): readonly Activation[] {
	try {
		return pbxOf(RED, pbx).activations;
	} catch (error) {
		node.warn(forPeople(RED, error).message);
		return [];
	}
}

function register(RED: NodeAPI): void {
	function PbxSimulator(this: PbxSimulatorNode, config: NodeDef & PbxSimulatorOptions): void {
		RED.nodes.createNode(this, config);
		const host = config.host || LOOPBACK;
		let address: string | null = null;

		const show = (clients: number) => {
			if (address === null) return;
			const fill = host === LOOPBACK ? "green" : "yellow";
			this.status({
				fill,
				shape: "dot",
				text: `${address.replace("ws://", "")} · ${clients}`,
			});
		};
		this.simulator = new Simulator({
			port: String(config.port ?? "").trim() === "" ? DEFAULT_PORT : Number(config.port),
			host,
			tenant: String(config.tenant).trim(),
			key: this.credentials?.key || null,
			extensions: splitList(String(config.extensions)),
			silentExtensions: splitList(String(config.silent ?? "")),
			traffic: Number(config.traffic) || 0,
			activations: config.pbx ? activationsOf(RED, this, config.pbx) : [],
			onFrame: (frame: SimulatorFrame) => {
				this.send({ topic: `pbx-simulator/${frame.extension ?? "-"}/${frame.direction}`, payload: frame });
			},
			onClients: show,
		});

		this.simulator.listen().then(
			(port) => {
				address = `ws://${host}:${port}`;
				if (host !== LOOPBACK) this.warn(RED._("pbx-simulator.reachable", { address }));
				show(0);
			},
			(error: unknown) => {
				if (error instanceof PbxError && error.code === "closed") return;
				this.status(faultStatus(error));
				this.error(forPeople(RED, error));
			},
		);

		this.on("input", (message, _send, done) => {
			try {
				this.simulator.run(parseCommand(message.payload));
				done();
			} catch (error) {
				done(forPeople(RED, error));
			}
		});
		this.on("close", (done: () => void) => {
			address = null;
			void this.simulator.close().finally(done);
		});
	}
	RED.nodes.registerType<PbxSimulatorNode, NodeDef & PbxSimulatorOptions, object, KeyCredential>(
		"pbx-simulator",
		PbxSimulator,
		{ credentials: { key: { type: "password" } } },
	);
}

export = register;
