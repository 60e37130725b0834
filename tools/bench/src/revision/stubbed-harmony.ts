import { analystProvider } from '@harmony/llm/service';
import { startProcess } from '@harmony/runtime';
import { composition } from '@harmony/service-all-in-one';
import { stubAnalyst } from './stub-analyst.js';

/** Harmony in a process of its own in which the stub stands where the analyst does; ends when it is told to. */
Object.assign(analystProvider, { inject: [], useFactory: () => stubAnalyst });
const running = await startProcess({ composition, environment: process.env, target: 'all' });
process.once('SIGTERM', () => void running.stop().then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ url: running.url })}\n`);
