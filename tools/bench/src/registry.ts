import { appendBench } from './append/append-bench.js';
import { busBench } from './bus/bus-bench.js';
import { csvBench } from './csv/csv-bench.js';
import { gatewayBench } from './gateway/gateway-bench.js';
import type { Bench } from './harness/bench.js';
import { importBench } from './import/import-bench.js';
import { insightsBench } from './insights/insights-bench.js';
import { insightsRemoteBench } from './insights-remote/insights-remote-bench.js';
import { intakeBench } from './intake/intake-bench.js';
import { latencyBench } from './latency/latency-bench.js';
import { liveBench } from './live/live-bench.js';
import { makeLiveBench } from './make-live/make-live-bench.js';
import { rebuildBench } from './rebuild/rebuild-bench.js';
import { replayBench } from './replay/replay-bench.js';
import { reportBench } from './report/report-bench.js';
import { reviewBench } from './review/review-bench.js';
import { revisionBench } from './revision/revision-bench.js';
import { speechBench } from './speech/speech-bench.js';
import { startBench } from './start/start-bench.js';
import { uploadBench } from './upload/upload-bench.js';

/** Every bench by the name it is called with. */
export const benches: Readonly<Record<string, Bench>> = {
  append: appendBench,
  bus: busBench,
  csv: csvBench,
  gateway: gatewayBench,
  import: importBench,
  insights: insightsBench,
  'insights-remote': insightsRemoteBench,
  intake: intakeBench,
  latency: latencyBench,
  live: liveBench,
  'make-live': makeLiveBench,
  rebuild: rebuildBench,
  replay: replayBench,
  report: reportBench,
  review: reviewBench,
  revision: revisionBench,
  speech: speechBench,
  start: startBench,
  upload: uploadBench,
};
