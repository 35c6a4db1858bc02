import type { FiltersResult } from "./filters";
import type { HostileResult } from "./hostile";
import type { HeldResult, LatencyResult } from "./latency";
import type { LoggedResult } from "./logged";
import type { AccountsResult, GrowthResult, LifecycleResult, LinksResult, StartupResult } from "./processes";
import type { ProfileResult } from "./profile";
import type { SidebarResult } from "./sidebar";
import type { Spread } from "./stats";
import type { StoreResult } from "./store";
import type { FloodResult, ThroughputResult } from "./throughput";

/** What a run of the benchmark found, as `--json` keeps it: all, or what `--only` asked for. */
export interface Results {
	readonly date: string;
	readonly machine: string;
	readonly nodeRed: string;
	readonly node: string;
	readonly throughput?: ThroughputResult;
	/** CPU seconds a million tickets of calls. */
	readonly calls?: Spread;
	readonly latency?: LatencyResult;
	readonly held?: HeldResult;
	readonly flood?: FloodResult;
	readonly filters?: FiltersResult;
	readonly links?: LinksResult;
	readonly accounts?: AccountsResult;
	readonly lifecycle?: LifecycleResult;
	readonly growth?: GrowthResult;
	readonly hostile?: HostileResult;
	readonly startup?: StartupResult;
	readonly profile?: ProfileResult;
	readonly sidebar?: SidebarResult;
	readonly store?: StoreResult;
	readonly logged?: LoggedResult;
}
