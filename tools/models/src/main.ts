import { Presets, SingleBar } from 'cli-progress';
import { join } from 'node:path';
import { catalogue } from './catalogue/catalogue.js';
import { ModelError } from './model-error.js';
import { buildProgram, type Bar } from './program.js';

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

function terminalBar(name: string): Bar {
  const format = `${name} [{bar}] {percentage}% | {mb} of {totalMb} MB | {eta_formatted} left`;
  const bar = new SingleBar({ format, clearOnComplete: true, stream: process.stderr }, Presets.shades_classic);
  const mb = (bytes: number): number => Math.round(bytes / 1_000_000);
  return {
    start: (total) => bar.start(total, 0, { mb: 0, totalMb: mb(total) }),
    update: (bytes) => bar.update(bytes, { mb: mb(bytes) }),
    stop: () => bar.stop(),
  };
}

const program = buildProgram({
  catalogue,
  directory: join(process.env['HARMONY_DATA_DIR'] || '.harmony', 'models'),
  write: (line) => process.stdout.write(`${line}\n`),
  bar: terminalBar,
  signal: stopping.signal,
});
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ModelError) && !stopping.signal.aborted) throw error;
  const why = stopping.signal.aborted ? 'Stopped. The same command fetches the rest.' : (error as ModelError).message;
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
}
