import { runProcess } from '../process/run-process.js';
import { sampleComposition } from './sample-gateway.js';

/** A program like the real one, for tests that signal and kill processes. */
await runProcess({ composition: sampleComposition, environment: process.env }, async ({ url }, stopping) => {
  process.stdout.write(`${url}\n`);
  await new Promise((resolve) => stopping.addEventListener('abort', resolve));
  return 0;
});
