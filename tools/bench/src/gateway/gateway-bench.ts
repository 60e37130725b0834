import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { assertSame, WrongResult, type Bench, type BenchOptions, type BenchResult } from '../harness/bench.js';
import { startHarmony, withFolder } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { startProgram } from '../harness/program.js';
import { spreadOf } from '../harness/statistics.js';
import { processorSeconds } from '../harness/processor-time.js';
import { connections, measure } from './load.js';
import { countStatements } from './statements.js';
import { ask, edgesOf, submitConversation, turnsAsked, type Target } from './transcript-query.js';

const target = 0.75;
const statementsAllowed = 3;

/** The gateway with authentication, tenants, limits and a database, against Apollo Server that has none of it. */
export const gatewayBench: Bench = {
  title: `GraphQL answers a second with ${turnsAsked} turns each, against a bare Apollo Server with the same bytes`,
  run: (options) => withFolder((folder) => run(folder, options)),
};

async function run(folder: string, { quick }: BenchOptions): Promise<BenchResult> {
  const statements = await requireFewStatements(join(folder, 'counted'), quick ? 20 : 200);
  const harmony = await startHarmony(join(folder, 'measured'));
  try {
    const ids: string[] = [];
    while (ids.length < connections) ids.push(await submitConversation(harmony.url, harmony.apiKey));
    const [id = ''] = ids;
    const ours = { url: `${harmony.url}/graphql`, headers: { 'X-API-Key': harmony.apiKey } };
    const answer = await ask(ours, id);
    const apollo = await startPeer('bare-apollo', join(folder, 'edges.json'), JSON.stringify(edgesOf(answer)));
    const http = await startPeer('bare-http', join(folder, 'answer.json'), answer);
    assertSame('the answer of bare Apollo', await ask(apollo, id), answer);
    const perProcessorSecond = { ours: [] as number[], apollo: [] as number[] };
    const side = (of: Target) => () => measure(of, ids, quick ? 1 : 10, answer);
    const timed =
      (of: Target, { pid }: { pid: number }, name: keyof typeof perProcessorSecond) =>
      async () => {
        const [started, before] = [performance.now(), await spentBy(pid)];
        const rate = await side(of)();
        const answers = (rate * (performance.now() - started)) / 1_000;
        perProcessorSecond[name].push(answers / ((await spentBy(pid)) - before));
        return rate;
      };
    const sides = {
      ours: timed(ours, harmony, 'ours'),
      apollo: timed(apollo, apollo, 'apollo'),
      http: side(http),
    };
    const rates = await interleave(sides, quick ? 1 : 5).finally(() => Promise.all([apollo.stop(), http.stop()]));
    const workload = `${connections} connections, a conversation each`;
    const shared = { workload, ours: 'gateway', unit: 'answers/s', ourRates: rates.ours };
    return {
      comparisons: [
        { ...shared, peer: 'bare Apollo Server', peerRates: rates.apollo, target },
        { ...shared, peer: 'bare node:http', peerRates: rates.http },
        // A busy machine distorts the rates, for ours is the side that needs Postgres beside it.
        {
          ...{ workload: `${workload}, Node alone`, ours: 'gateway', peer: 'bare Apollo Server' },
          ...{ unit: 'answers a processor second', ourRates: perProcessorSecond.ours.slice(1) },
          peerRates: perProcessorSecond.apollo.slice(1),
        },
      ],
      checks: ['every answer of every side has the same bytes', statements],
      facts: { answerBytes: Buffer.byteLength(answer) },
    };
  } finally {
    await harmony.stop();
  }
}

/** What the process has spent until now, without this one, which makes the load. */
const spentBy = async (pid: number): Promise<number> => (await processorSeconds(pid)) - (await processorSeconds());

interface Peer extends Target {
  readonly pid: number;
  stop(): Promise<void>;
}

async function startPeer(name: string, file: string, content: string): Promise<Peer> {
  await writeFile(file, content);
  const program = await startProgram({ file: join(import.meta.dirname, `${name}.js`), words: [file] });
  const { url } = z.object({ url: z.url() }).parse(program.ready);
  return { url, headers: {}, pid: program.pid, stop: () => program.stop() };
}

async function requireFewStatements(folder: string, requests: number): Promise<string> {
  const { median, most } = spreadOf(await countStatements(folder, requests));
  const found = `${median} SQL statements a request, ${most} at most, over ${requests} requests`;
  if (median > statementsAllowed) throw new WrongResult(`${found}; ${statementsAllowed} are allowed.`);
  return found;
}
