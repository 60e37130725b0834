import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { WrongResult } from '../harness/bench.js';
import type { RunningHarmony } from '../harness/harmony.js';

const exported = z.object({
  id: z.string(),
  status: z.string(),
  rowCount: z.number().nullable(),
  download: z.object({ url: z.string() }).nullable(),
});
export type Exported = z.output<typeof exported>;

const headers = ({ apiKey }: RunningHarmony): Record<string, string> => ({
  'Content-Type': 'application/json',
  'X-API-Key': apiKey,
});

async function asked(response: Response): Promise<Exported> {
  const answer: unknown = await response.json();
  if (!response.ok) throw new WrongResult(`The export was answered with ${JSON.stringify(answer)}`);
  return exported.parse(answer);
}

/** From the request until the file is there. @returns rows a second, and the export. */
export async function exportRate(
  harmony: RunningHarmony,
  projectId: string,
): Promise<{ rate: number; made: Exported }> {
  const start = performance.now();
  const body = JSON.stringify({ projectId });
  let made = await asked(await fetch(`${harmony.url}/v1/exports`, { method: 'POST', headers: headers(harmony), body }));
  while (made.status === 'QUEUED' || made.status === 'RUNNING') {
    await pause(20);
    made = await asked(await fetch(`${harmony.url}/v1/exports/${made.id}`, { headers: headers(harmony) }));
  }
  if (made.status !== 'COMPLETED') throw new WrongResult(`The export is ${made.status}.`);
  return { rate: (made.rowCount ?? 0) / ((performance.now() - start) / 1000), made };
}

/** The file, by its link. */
export async function download(harmony: RunningHarmony, { download: link }: Exported, file: string): Promise<void> {
  const { body } = await fetch(`${harmony.url}${link?.url ?? ''}`);
  if (!body) throw new WrongResult('The link gives nothing.');
  await pipeline(Readable.fromWeb(body), createWriteStream(file));
}
