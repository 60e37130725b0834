import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A real meeting in the structured transcript format, with a key of its own. */
export interface Meeting {
  readonly key: string;
  readonly title: string;
  readonly medium: 'VIDEO_CONFERENCE';
  readonly startedAt: string;
  readonly participants: readonly { readonly id: string; readonly name: string }[];
  readonly turns: readonly { readonly participantId: string; readonly text: string }[];
}

const fileSchema = z.object({
  meeting_transcripts: z.array(z.object({ speaker: z.string(), content: z.string() })),
});

const firstDay = Date.UTC(2025, 0, 6, 9);
const hour = 3_600_000;

/**
 * The meetings of QMSum in `train` and `val` of a folder, by name; undefined when the folder is not there. The files
 * name no time, so each meeting begins a while after the one before, drawn from the seed.
 */
export async function readMeetings(folder: string, seed = 1): Promise<Meeting[] | undefined> {
  const meetings: Meeting[] = [];
  let startsAt = firstDay;
  let random = seed;
  for (const part of ['train', 'val']) {
    const names = await readdir(join(folder, part)).catch(() => undefined);
    if (!names) return undefined;
    for (const name of names.filter((file) => file.endsWith('.json')).sort()) {
      const { meeting_transcripts: said } = fileSchema.parse(
        JSON.parse(await readFile(join(folder, part, name), 'utf8')),
      );
      random = (random * 48_271) % 2_147_483_647;
      startsAt += hour * (1 + (random % 23));
      meetings.push(meetingOf(`qmsum/${part}/${name.slice(0, -5)}`, new Date(startsAt), said));
    }
  }
  return meetings;
}

function meetingOf(key: string, startedAt: Date, said: readonly { speaker: string; content: string }[]): Meeting {
  const ids = new Map<string, string>();
  for (const { speaker } of said) if (!ids.has(speaker)) ids.set(speaker, `p${ids.size + 1}`);
  return {
    key,
    title: `Meeting ${key.split('/').at(-1) ?? ''}`,
    medium: 'VIDEO_CONFERENCE',
    startedAt: startedAt.toISOString(),
    participants: [...ids].map(([name, id]) => ({ id, name })),
    turns: said.map(({ speaker, content }) => ({ participantId: ids.get(speaker) ?? '', text: content })),
  };
}
