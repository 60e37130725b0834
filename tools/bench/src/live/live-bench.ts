import { parsePosition } from '@harmony/event-store';
import { eventually } from '@harmony/testing';
import { join } from 'node:path';
import { z } from 'zod';
import { assertSame, type Bench } from '../harness/bench.js';
import { withFolder } from '../harness/harmony.js';
import { startProgram } from '../harness/program.js';
import { percentile } from '../harness/statistics.js';
import { ReportReader } from './report-reader.js';

const subscribers = 500;
const projects = 100;
const conversationsASecond = 20;
const resultsAConversation = 10;

const programFile = join(import.meta.dirname, 'live-program.js');
const readySchema = z.object({
  ...{ url: z.url(), apiKey: z.string(), control: z.url() },
  projectIds: z.array(z.string()),
});
const appendedSchema = z.array(z.object({ projectId: z.string(), position: z.string(), at: z.number() }));
type Appended = z.output<typeof appendedSchema>[number];

/** From the append of a conversation's results to the message on each reader's screen, with readers thrown out. */
export const liveBench: Bench = {
  title: `${subscribers} readers of ${projects} live reports at ${conversationsASecond * resultsAConversation} results a second`,
  run: ({ quick }) =>
    withFolder(async (folder) => {
      const environment = {
        ...{ HARMONY_DATA_DIR: folder, HARMONY_PORT: '0', LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '1000000' },
        BENCH_PROJECTS: String(quick ? 5 : projects),
      };
      const program = await startProgram({ file: programFile, environment });
      const { url, apiKey, control, projectIds } = readySchema.parse(program.ready);
      const readers = Array.from({ length: quick ? 10 : subscribers }, (_, index) => {
        const projectId = projectIds[index % projectIds.length] ?? '';
        return new ReportReader(url, apiKey, projectId);
      });
      try {
        for (const reader of readers) await reader.connect();
        await measure(control, readers, 2);
        const latencies: number[][] = [];
        for (let repetition = 0; repetition < (quick ? 1 : 3); repetition += 1)
          latencies.push(await measure(control, readers, quick ? 2 : 20));
        return {
          comparisons: [],
          figures: [50, 95, 99].map((percent) => ({
            ...{ workload: 'append to message', what: `p${percent}`, unit: 'ms' },
            values: latencies.map((values) => percentile(values, percent)),
            ...(percent === 99 && { limit: 500 }),
          })),
          checks: ['every reader was told of every conversation, those included that were thrown out and came back'],
          facts: {
            subscribers: readers.length,
            projects: projectIds.length,
            conversationsASecond,
            resultsAConversation,
          },
        };
      } finally {
        await Promise.all(readers.map((reader) => reader.close()));
        await program.stop();
      }
    }),
};

/** Half-way one reader of each ten loses its connection. @returns the latencies of those who did not, milliseconds. */
async function measure(control: string, readers: readonly ReportReader[], seconds: number): Promise<number[]> {
  const driven = fetch(`${control}/?perSecond=${conversationsASecond}&seconds=${seconds}`, { method: 'POST' });
  await new Promise((resolve) => setTimeout(resolve, seconds * 500));
  const thrownOut = readers.filter((_, index) => index % 10 === 0);
  await Promise.all(thrownOut.map((reader) => reader.reconnect()));
  const appended = appendedSchema.parse(await (await driven).json());
  const told = readers.map((reader) => ({
    reader,
    of: appended.filter(({ projectId }) => projectId === reader.projectId),
  }));
  const missing = (): number =>
    told.reduce((sum, { reader, of }) => sum + of.filter((one) => !heardOf(reader, one)).length, 0);
  await eventually(() => assertSame('conversations that a reader was not told of', missing(), 0), { withinMs: 20_000 });
  return told.flatMap(({ reader, of }, index) =>
    index % 10 === 0 ? [] : of.map((one) => (heardOf(reader, one) ?? Infinity) - one.at),
  );
}

function heardOf(reader: ReportReader, { position }: Appended): number | undefined {
  const place = parsePosition(position);
  return place && reader.toldAt(place);
}
