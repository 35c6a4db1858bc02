import { momentAt } from "../link/clock";
import type { LinkAddress } from "../link/endpoint";
import type { Moment } from "../moment";
import type { Extension } from "../protocol/address";
import { type ConnectionContext, ExtensionConnection } from "./connection";
import type { Listener } from "./listener";

/** The connections of an account that are open: each as long as somebody needs it. */
export class Connections {
	readonly #address: () => Omit<LinkAddress, "extension">;
	readonly #context: ConnectionContext;
	/** Since when extensions were not heard that another account heard before. */
	readonly #deafSince: Map<Extension, Moment>;
	readonly #open = new Map<Extension, ExtensionConnection>();
	/** Who hears all connections, and how that ends on each. */
	#isHeld = false;
	readonly #observers = new Map<Listener, Map<ExtensionConnection, () => void>>();

	constructor(
		address: () => Omit<LinkAddress, "extension">,
		context: ConnectionContext,
		deafSince: ReadonlyMap<Extension, Moment>,
	) {
		this.#address = address;
		this.#context = context;
		this.#deafSince = new Map(deafSince);
	}

	/** The connection of an extension, where it is open. */
	get(extension: Extension): ExtensionConnection | undefined {
		return this.#open.get(extension);
	}

	/** Those that are open: all, or that of one extension. */
	on(extension?: Extension): readonly ExtensionConnection[] {
		if (extension === undefined) return [...this.#open.values()];
		const connection = this.#open.get(extension);
		return connection ? [connection] : [];
	}

	/** Opens the connection of an extension, or shares it; whoever does gives it back. */
	open(extension: Extension): ExtensionConnection {
		const connection = this.#open.get(extension) ?? this.#openAnew(extension);
		connection.use();
		return connection;
	}

	/** Another process heard extensions last then, in milliseconds since 1970. */
	heardBefore(heardAt: ReadonlyMap<string, number>): void {
		for (const [extension, wall] of heardAt) {
			const connection = this.#open.get(extension as Extension);
			const at = momentAt(wall, this.#context.clock);
			if (connection) connection.heardBefore(at);
			else if (!this.#deafSince.has(extension as Extension)) this.#deafSince.set(extension as Extension, at);
		}
	}

	/** Another process listens: all wait, those that are opened meanwhile as well. */
	hold(): void {
		this.#isHeld = true;
		for (const { link } of this.on()) link.hold();
	}

	/** None waits any longer. */
	release(): void {
		this.#isHeld = false;
		for (const { link } of this.on()) link.release();
	}

	/** One fewer needs it; the last one closes it, and then this resolves when it is gone. */
	async giveBack(connection: ExtensionConnection): Promise<void> {
		if (connection.unuse()) await this.#close(connection);
	}

	/** Closes all, whoever needs them. */
	closeAll(): void {
		for (const connection of this.on()) void this.#close(connection);
	}

	/** Hears all connections, those that are opened later as well, and keeps none open. Gives what ends that. */
	observe(listener: Listener): () => void {
		const observed = new Map(this.on().map((connection) => [connection, connection.listen(listener)]));
		this.#observers.set(listener, observed);
		return () => {
			this.#observers.delete(listener);
			for (const unlisten of observed.values()) unlisten();
		};
	}

	#openAnew(extension: Extension): ExtensionConnection {
		const { url, tenant, key, tls } = this.#address();
		const deafSince = this.#deafSince.get(extension) ?? null;
		this.#deafSince.delete(extension);
		const address = { url, tenant, key, tls, extension };
		const connection = new ExtensionConnection(address, this.#context, deafSince, this.#isHeld);
		for (const [listener, observed] of this.#observers) observed.set(connection, connection.listen(listener));
		this.#open.set(extension, connection);
		return connection;
	}

	async #close(connection: ExtensionConnection): Promise<void> {
		if (this.#open.get(connection.extension) === connection) this.#open.delete(connection.extension);
		for (const observed of this.#observers.values()) observed.delete(connection);
		this.#context.heard.closed(connection.board);
		await connection.leave();
	}
}
