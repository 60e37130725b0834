import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of calls in the making: what each file holds, by its path. Text is written as it is, the rest as JSON. */
export type FilesOf = Readonly<Record<string, unknown>>;

/** Writes the files to a new folder, has it used, and removes it. */
export async function withFolder<Result>(files: FilesOf, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'harmony-calls-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A project with one definition, about whether anybody named a day. */
export const smallProject = {
  name: 'small',
  language: 'en',
  knowledge: 'We sell lamps.',
  definitions: [{ key: 'day', type: 'YES_NO', title: 'Day', question: 'Did they name a day?', successAnswer: 'YES' }],
};

export const smallConversation = {
  title: 'Lamps',
  medium: 'CALL',
  startedAt: '2026-03-02T09:00:00Z',
  participants: [
    { id: 'p1', name: 'Ada', email: 'ada@lamps.example', role: 'HOST' },
    { id: 'p2', name: 'Ben', email: 'ben@dark.example', role: 'CUSTOMER' },
  ],
  turns: [
    { participantId: 'p1', startMs: 0, endMs: 900, text: 'When shall we talk again?' },
    { participantId: 'p2', startMs: 1_000, endMs: 2_000, text: 'On Tuesday.' },
  ],
};

export const smallGold = { results: { day: { answer: 'YES', turns: [1] } } };

/** One project with one conversation, below two folders. */
export const smallFolder = {
  'deep/small/project.json': smallProject,
  'deep/small/01-lamps.json': smallConversation,
  'deep/small/01-lamps.gold.json': smallGold,
} satisfies FilesOf;
