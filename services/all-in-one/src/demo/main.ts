import { runProcess, type RunningProcess } from '@harmony/runtime';
import { join } from 'node:path';
import { composition } from '../composition.js';
import { parseDemoArguments } from './arguments.js';
import { readChange, readProject } from './project.js';
import { jsonReport, textReport } from './report.js';
import { runDemo } from './run-demo.js';
import { readSamples } from './samples.js';

const wish = parseDemoArguments(process.argv.slice(2));
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const report = wish.json ? jsonReport(write) : textReport(write);
const examples = join(import.meta.dirname, '../../../../examples');

const overrides = {
  HARMONY_PORT: wish.port?.toString(),
  HARMONY_DATA_DIR: wish.dataDirectory,
  LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
};

const showSamples = async (running: RunningProcess): ReturnType<typeof runDemo> =>
  runDemo(
    running,
    {
      samples: await readSamples(examples),
      project: await readProject(examples),
      change: await readChange(examples),
    },
    report,
  );

await runProcess({ composition, environment: process.env, target: 'all', overrides }, async (running, stopping) => {
  const stopped = new Promise<void>((resolve) => {
    stopping.addEventListener('abort', () => resolve());
    if (stopping.aborted) resolve();
  });
  const conversations = await Promise.race([showSamples(running), stopped]);
  if (!conversations) return 0;
  report.finished(conversations, !wish.exit);
  if (wish.exit) return conversations.every(({ status }) => status === 'COMPLETED') ? 0 : 1;
  await stopped;
  return 0;
});
