import { HarmonyError } from '@harmony/contracts';
import { resolve } from 'node:path';
import { analystFactory } from './answering/analysts.js';
import { buildProgram, type Request } from './program.js';
import { runEvaluation } from './run-evaluation.js';

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

const run = (request: Request): Promise<boolean> =>
  runEvaluation(
    { ...request, folder: resolve(request.folder) },
    {
      createAnalyst: analystFactory(request.analyst, process.env),
      write: (text) => process.stdout.write(`${text}\n`),
      complain: (text) => process.stderr.write(`${text}\n`),
      signal: stopping.signal,
    },
  );

const program = buildProgram(async (request) => {
  if (!(await run(request))) process.exitCode = 1;
});
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof HarmonyError) && !stopping.signal.aborted) throw error;
  process.stderr.write(`${stopping.signal.aborted ? 'Stopped.' : (error as HarmonyError).message}\n`);
  process.exitCode = 1;
}
