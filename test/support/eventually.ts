/** Waits until something on a real socket has come about; fails with what it last found. */
export async function eventually<Result>(look: () => Result | Promise<Result>, seconds = 20): Promise<Result> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		try {
			return await look();
		} catch (error) {
			if (Date.now() > deadline) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** Lets everything that is on its way over loopback arrive: several turns of the event loop. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}
