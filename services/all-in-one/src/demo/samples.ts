import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const sampleSchema = z.object({
  title: z.string().min(1),
  medium: z.enum(['CALL', 'VIDEO_CONFERENCE', 'CHAT']),
  /** Name of a text file beside the list. */
  file: z.string().regex(/^[\w-]+\.txt$/),
});

export interface Sample {
  /** Names the sample for ever; a second start submits the same conversation and not another one. */
  readonly name: string;
  readonly title: string;
  readonly medium: 'CALL' | 'VIDEO_CONFERENCE' | 'CHAT';
  readonly text: string;
}

/** The sample conversations of a folder, as its `conversations.json` lists them. */
export async function readSamples(folder: string): Promise<Sample[]> {
  const list = z.array(sampleSchema).parse(JSON.parse(await readFile(join(folder, 'conversations.json'), 'utf8')));
  return Promise.all(
    list.map(async ({ title, medium, file }) => ({
      name: file,
      title,
      medium,
      text: await readFile(join(folder, file), 'utf8'),
    })),
  );
}
