import { z } from 'zod';
import type { Background } from '../../port.js';
import type { Ask, ModelCall } from '../model/ask.js';
import { askTwice } from '../model/ask-twice.js';
import { compose, type Excerpt } from '../prompts/compose.js';
import { render, versioned } from '../prompts/prompts.js';
import { readJson } from '../replies/read-json.js';
import { lineOf, tokensOfLines, windowsOf, type Line } from './lines.js';

const notesSchema = z.object({
  notes: z.array(z.object({ turn: z.int().nonnegative(), quote: z.string().min(1), note: z.string() })),
});

export interface NotesRequest {
  readonly ask: Ask;
  readonly conversation: Excerpt['conversation'];
  readonly background: Background;
  /** What the notes are for. */
  readonly task: string;
  /** Of the lines in one call. */
  readonly budget: number;
  readonly signal: AbortSignal;
}

/** Notes of notes of notes are as far from what was said as it makes sense to go. */
const rounds = 3;

/** Reads all of a conversation in parts, and notes for each what the task needs, until the notes fit into one call. */
export async function notesOf(request: NotesRequest, lines: readonly Line[]): Promise<readonly Line[]> {
  let notes = lines;
  for (let round = 0; round < rounds && tokensOfLines(notes) > request.budget; round += 1) {
    notes = await noteAll(request, windowsOf(notes, request.budget));
  }
  return evenly(notes, request.budget);
}

async function noteAll(request: NotesRequest, windows: readonly (readonly Line[])[]): Promise<readonly Line[]> {
  const parts = await Promise.allSettled(windows.map((window) => note(request, window)));
  // Every part has ended by now, so what was spent on the others is known.
  const failed = parts.find((part) => part.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : []));
}

async function note({ ask, signal, ...request }: NotesRequest, window: readonly Line[]): Promise<readonly Line[]> {
  return askTwice<readonly Line[]>(
    ask,
    noteCall(request, window),
    async ({ content }) => {
      const read = readJson(content, notesSchema);
      if ('problem' in read) return { problem: read.problem, code: 'ANSWER_INVALID' };
      return { value: read.value.notes.map(({ turn, quote, note: said }) => lineOf(turn, `${quote} -> ${said}`)) };
    },
    signal,
  );
}

const noteCall = (
  { conversation, background, task }: Omit<NotesRequest, 'ask' | 'signal'>,
  window: readonly Line[],
): ModelCall =>
  compose({
    template: versioned('notes'),
    excerpt: { conversation, passages: [window] },
    background,
    task: render('notes', { from: String(window[0]?.turn ?? 0), to: String(window.at(-1)?.turn ?? 0), task }),
    schema: notesSchema,
  });

/** As many lines as fit, from all of the conversation alike. */
function evenly(lines: readonly Line[], budget: number): readonly Line[] {
  const share = budget / Math.max(1, tokensOfLines(lines));
  if (share >= 1) return lines;
  let taken = 0;
  return lines.filter((_, at) => {
    const isDue = Math.floor((at + 1) * share) > taken;
    if (isDue) taken += 1;
    return isDue;
  });
}
