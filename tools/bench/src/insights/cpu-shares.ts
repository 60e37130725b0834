import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string() }),
      children: z.array(z.number()).default([]),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
type Profile = z.output<typeof profileSchema>;
type ProfileNode = Profile['nodes'][number];

/** Folders of the repository by the stage that they work for; the first that fits counts. */
const stages: readonly (readonly [stage: string, folders: RegExp])[] = [
  ['analyst', /\/(libs\/(llm|analysis)|node_modules\/(wink-|eld\/))/],
  ['insights', /\/services\/insights\//],
  ['revisions', /\/services\/revisions\//],
  ['reports', /\/services\/reporting\//],
  ['extraction', /\/services\/extraction\//],
  ['intake', /\/(services\/(ingestion|gateway|workspace)|libs\/(transcript|api|access|object-store))\//],
  ['read models', /\/libs\/read-model\//],
  ['jobs and messages', /\/(libs\/messaging|node_modules\/graphile-worker)\//],
  ['event store', /\/(libs\/event-store|contracts)\//],
];

/** Nobody asked for anything. */
const isIdle = ({ callFrame }: ProfileNode): boolean => callFrame.functionName === '(idle)';

/**
 * How the processor time of profiled threads, all together, falls to the stages: a function counts for the nearest of
 * its callers that belongs to a stage. What no stage asked for, such as the garbage collector and drivers that are called back, is
 * `the rest`. Shares of everything but idling; they add up to 1.
 */
export function cpuShares(threads: readonly Profile[]): Map<string, number> {
  const times = new Map<string, number>();
  let total = 0;
  for (const { nodes, samples, timeDeltas } of threads) {
    const stageOf = stagesByNode(nodes);
    const idle = new Set(nodes.filter(isIdle).map(({ id }) => id));
    for (const [index, id] of samples.entries()) {
      if (idle.has(id)) continue;
      const spent = timeDeltas[index] ?? 0;
      const stage = stageOf.get(id) ?? 'the rest';
      times.set(stage, (times.get(stage) ?? 0) + spent);
      total += spent;
    }
  }
  const sorted = [...times].sort(([, left], [, right]) => right - left);
  return new Map(sorted.map(([stage, time]) => [stage, time / total]));
}

function stagesByNode(nodes: readonly ProfileNode[]): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<number, string>();
  const visit = (node: ProfileNode, inherited: string | undefined): void => {
    const stage = stages.find(([, folders]) => folders.test(node.callFrame.url))?.[0] ?? inherited;
    if (stage) found.set(node.id, stage);
    for (const id of node.children) {
      const child = byId.get(id);
      if (child) visit(child, stage);
    }
  };
  if (nodes[0]) visit(nodes[0], undefined);
  return found;
}

/**
 * The profiles that a process left in a folder at its end: of its main thread, and of no thread that was started with
 * options of its own, as the local analyst's is.
 */
export async function readProfiles(folder: string): Promise<Profile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'));
  return Promise.all(
    names.map(async (name) => profileSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
}
