import { appendBench } from './append/append-bench.js';
import { busBench } from './bus/bus-bench.js';
import { gatewayBench } from './gateway/gateway-bench.js';
import type { Bench } from './harness/bench.js';
import { latencyBench } from './latency/latency-bench.js';
import { rebuildBench } from './rebuild/rebuild-bench.js';
import { replayBench } from './replay/replay-bench.js';
import { startBench } from './start/start-bench.js';

/** Every bench by the name it is called with. */
export const benches: Readonly<Record<string, Bench>> = {
  append: appendBench,
  bus: busBench,
  gateway: gatewayBench,
  latency: latencyBench,
  rebuild: rebuildBench,
  replay: replayBench,
  start: startBench,
};
