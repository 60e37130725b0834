import type { TurnSpan } from '@harmony/contracts';
import { render } from '../prompts/prompts.js';
import { linesOf, spansOf, tokensOfLines, type Line } from './lines.js';
import { notesOf, type NotesRequest } from './notes.js';
import { bestPassages } from './ranking.js';

/** What a task is done with: all of a conversation, or what of it fits. */
export interface Reading {
  readonly passages: readonly (readonly Line[])[];
  /** The task, and how to take what was sent. */
  readonly task: string;
  /** Turns that were read, by whatever call. */
  readonly searched: readonly TurnSpan[];
}

/**
 * Reads a conversation within a budget of tokens for each call. What does not fit is searched for the passages that the
 * queries ask for; where there are no queries, or nothing matches them, all of it is read in parts and noted.
 */
export async function readWithin(request: NotesRequest, queries: readonly string[]): Promise<Reading> {
  const { conversation, budget, task } = request;
  const lines = linesOf(conversation);
  const searched = spansOf(lines);
  if (tokensOfLines(lines) <= budget) return { passages: [lines], task, searched };
  const passages = bestPassages(lines, queries, budget);
  if (passages.length > 0) {
    return { passages, task: render('from-passages', { task }), searched: spansOf(passages.flat()) };
  }
  const notes = await notesOf(request, lines);
  return { passages: [notes], task: render('from-notes', { task }), searched };
}
