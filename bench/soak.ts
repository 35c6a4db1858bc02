// `npm run soak -- [MINUTES] [RATE] [MICROSECONDS]`: 10,000 tickets a second for ten minutes by default; the last number is
// what a slow consumer takes for each event.
import { load } from "./load";

const [minutes = "10", rate = "10000", slow = "0"] = process.argv.slice(2);

load({
	...{ rate: Number(rate), seconds: Number(minutes) * 60, slow: Number(slow) },
	sample: Math.min(60, Number(minutes) * 6),
	onSample: ({ second, mib }) => process.stdout.write(`${String(second).padStart(5)} s  ${mib} MiB\n`),
}).then(
	({ sent, rang, ended, lost, twice, delay }) => {
		process.stdout.write(
			`${sent} tickets sent, ${rang} calls rang, ${ended} ended, ${lost} lost, ${twice} told twice\n`,
		);
		process.stdout.write(`event loop late by ${delay.p99.toFixed(1)} ms (p99), ${delay.max.toFixed(1)} ms at most\n`);
		process.exit(lost === 0 && twice === 0 ? 0 : 1);
	},
	(error: unknown) => {
		process.stderr.write(`${String(error)}\n`);
		process.exit(1);
	},
);
