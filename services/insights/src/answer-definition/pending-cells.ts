import type { Run } from '../domain/run.js';
import { payloadOf, type AnswerPayload } from './answer-definition.js';

/** What is still to be answered of a run. */
export const pendingCells = (run: Run, conversationId: string): AnswerPayload[] =>
  [...run.cells.values()]
    .filter(({ settled }) => settled === null)
    .map((cell) => payloadOf(cell, conversationId, run.id));
