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

const transcriptSchema = z.looseObject({ title: z.string() });

/** Whose conversations the samples are. */
export interface SampleTeam {
  readonly id: string;
  readonly name: string;
}

export interface Sample {
  /** Names the sample for ever; a second start submits the same conversation and not another one. */
  readonly name: string;
  readonly title: string;
  /** Where it is submitted. */
  readonly path: string;
  /** JSON. */
  readonly bodyOf: (team: SampleTeam) => string;
}

/** The sample conversations of a folder, as its `conversations.json` lists them. */
export async function readSamples(folder: string): Promise<Sample[]> {
  const list = z.array(sampleSchema).parse(JSON.parse(await readFile(join(folder, 'conversations.json'), 'utf8')));
  return Promise.all(
    list.map(async ({ file: name, ...about }) => {
      const content = await readFile(join(folder, name), 'utf8');
      return 'title' in about ? pasted(name, about, content) : structured(name, content);
    }),
  );
}

const pasted = (name: string, about: { readonly title: string }, text: string): Sample => ({
  ...{ name, title: about.title, path: '/v1/conversations' },
  bodyOf: ({ id: teamId }) => JSON.stringify({ ...about, teamId, text }),
});

function structured(name: string, content: string): Sample {
  const transcript = transcriptSchema.parse(JSON.parse(content));
  return {
    ...{ name, title: transcript.title, path: '/v1/conversations/transcript-upload' },
    bodyOf: ({ name: team }) => JSON.stringify({ ...transcript, team }),
  };
}
