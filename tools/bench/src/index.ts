export * from './harness/bench.js';
export * from './harness/interleave.js';
export * from './harness/report.js';
export * from './harness/statistics.js';
