import { PbxError } from "../../src/errors";

/** A node's end, for what waits for an answer meanwhile. */
export class Closing {
	#isClosed = false;
	readonly #waiting = new Set<(error: PbxError) => void>();

	/** The node was stopped: what waits is rejected. */
	close(): void {
		this.#isClosed = true;
		for (const reject of this.#waiting) reject(closed());
		this.#waiting.clear();
	}

	/** @throws PbxError `closed` once the node was stopped */
	mustBeOpen(): void {
		if (this.#isClosed) throw closed();
	}

	/**
	 * Waits for something, or for the node's end.
	 *
	 * @throws PbxError `closed` once the node was stopped
	 */
	async orClosed<Result>(result: Promise<Result>): Promise<Result> {
		this.mustBeOpen();
		let reject: ((error: PbxError) => void) | null = null;
		const end = new Promise<never>((_resolve, rejectEnd) => {
			reject = rejectEnd;
			this.#waiting.add(rejectEnd);
		});
		try {
			return await Promise.race([result, end]);
		} finally {
			if (reject) this.#waiting.delete(reject);
		}
	}
}

function closed(): PbxError {
	return new PbxError("closed", "The node was closed before the PBX answered");
}
