import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Each is the name of a file beside the list: plain text with what to say of it, or a structured transcript. */
const sampleSchema = z.union([
  z.object({
    title: z.string().min(1),
    medium: z.enum(['CALL', 'VIDEO_CONFERENCE', 'CHAT']),
    file: z.string().regex(/^[\w-]+\.txt$/),
  }),
  z.object({ file: z.string().regex(/^[\w-]+\.json$/) }),
]);

export interface Sample {
  /** Names the sample for ever; a second start submits the same conversation and not another one. */
  readonly name: string;
  readonly title: string;
  /** Where it is submitted. */
  readonly path: string;
  /** JSON. */
  readonly body: string;
}

/** The sample conversations of a folder, as its `conversations.json` lists them. */
export async function readSamples(folder: string): Promise<Sample[]> {
  const list = z.array(sampleSchema).parse(JSON.parse(await readFile(join(folder, 'conversations.json'), 'utf8')));
  return Promise.all(
    list.map(async ({ file: name, ...about }) => {
      const content = await readFile(join(folder, name), 'utf8');
      return 'title' in about
        ? { name, title: about.title, path: '/v1/conversations', body: JSON.stringify({ ...about, text: content }) }
        : { name, title: titleOf(content), path: '/v1/conversations/transcript-upload', body: content };
    }),
  );
}

const titleOf = (transcript: string): string => z.object({ title: z.string() }).parse(JSON.parse(transcript)).title;
