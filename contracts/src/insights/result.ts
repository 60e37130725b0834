import { z } from 'zod';
import { answer } from './answer.js';

const offset = z.int().nonnegative();
const time = z.int().nonnegative().nullable();

/**
 * Words that support an answer. The transcript's text is the text of its turns, joined by one line feed; offsets count
 * UTF-16 code units, and `text.slice(start, end) === quote` holds for everything that is stored (B1).
 */
export const evidence = z.object({
  quote: z.string().min(1),
  /** Index of the turn that the quote lies in, whole. */
  turn: z.int().nonnegative(),
  /** In the text of the whole transcript. */
  start: offset,
  end: offset,
  /** The same place, counted from the start of its turn. */
  startInTurn: offset,
  /** When the turn was spoken; null where the transcript states no times. */
  startMs: time,
  endMs: time,
  /** What of the answer it supports: the key of an item, a competitor's name, a quadrant; null for the whole answer. */
  part: z.string().nullable(),
});
export type Evidence = z.output<typeof evidence>;

/** Turns that were read for an answer, both ends included; says where a "no" comes from. */
export const turnSpan = z.object({ from: z.int().nonnegative(), to: z.int().nonnegative() });
export type TurnSpan = z.output<typeof turnSpan>;

const reasoning = {
  /** Why, in a sentence or two. */
  rationale: z.string(),
  /** 0 to 1, as sure as the analyst says that it is. */
  confidence: z.number().min(0).max(1),
  evidence: z.array(evidence),
  searched: z.array(turnSpan),
};

/** What an analyst found: an answer, or that nobody spoke of it, which is a value of its own (D10). */
export const finding = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ANSWERED'), answer, ...reasoning }),
  z.object({ outcome: z.literal('NOT_DISCUSSED'), ...reasoning }),
]);
export type Finding = z.output<typeof finding>;

/** Which analyst answered, and how it was set up; part of the run identity. */
export const analystOrigin = z.object({
  /** `local` or `langchain`. */
  engine: z.string().min(1),
  /** For instance `openai:gpt-4o-mini`. */
  model: z.string().min(1),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Version of the prompt or the rules that were used for this type of question. */
  templateVersion: z.string().min(1),
});
export type AnalystOrigin = z.output<typeof analystOrigin>;

/** What it took; all 0 for the local analyst and for results that are used again. */
export const usage = z.object({
  calls: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  /** Millionths of a US dollar, by the prices that are set; 0 where none is. */
  costMicros: z.int().nonnegative(),
});
export type Usage = z.output<typeof usage>;

export const noUsage: Usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };

export const addUsage = (left: Usage, right: Usage): Usage => ({
  calls: left.calls + right.calls,
  inputTokens: left.inputTokens + right.inputTokens,
  outputTokens: left.outputTokens + right.outputTokens,
  costMicros: left.costMicros + right.costMicros,
});
