import { resolve } from 'node:path';
import { analystFactory } from './answering/analysts.js';
import { buildProgram } from './program.js';
import { runEvaluation } from './run-evaluation.js';

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

await buildProgram(async (request) => {
  const passed = await runEvaluation(
    { ...request, folder: resolve(request.folder) },
    {
      createAnalyst: analystFactory(request.analyst),
      write: (text) => process.stdout.write(`${text}\n`),
      complain: (text) => process.stderr.write(`${text}\n`),
      signal: stopping.signal,
    },
  );
  if (!passed) process.exitCode = 1;
}).parseAsync();
