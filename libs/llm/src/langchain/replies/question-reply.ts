import { anchorEvidence, fitAnswer, TranscriptText } from '@harmony/analysis';
import type { Answer, Question } from '@harmony/contracts';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { AnalysedConversation, ProposedEvidence } from '../../port.js';
import { formOf, spinQuestions } from './forms.js';
import { readJson, type Read } from './read-json.js';

/** An answer as a model gives it, before anybody else has checked its quotes. */
export interface QuestionReply {
  readonly rationale: string;
  readonly confidence: number;
  readonly evidence: readonly ProposedEvidence[];
  /** Null: nobody spoke of it. */
  readonly answer: Answer | null;
}

const proposedEvidence = z.object({
  turn: z.int().nonnegative(),
  quote: z.string(),
  part: z.string().nullable(),
});

/** Quotes and reasons come first, so that the value follows from them. */
const makeSchema = (question: Question) =>
  z.object({
    evidence: z.array(proposedEvidence),
    rationale: z.string(),
    outcome: z.enum(['ANSWERED', 'NOT_DISCUSSED']),
    value: formOf(question).nullable(),
    confidence: z.number(),
  });

/** The same questions are asked of many conversations, and making a schema costs more than using it. */
const schemas = new LRUCache<string, ReturnType<typeof makeSchema>>({ max: 500 });

export function questionReplySchema(question: Question): ReturnType<typeof makeSchema> {
  const key = JSON.stringify(question);
  const schema = schemas.get(key) ?? makeSchema(question);
  schemas.set(key, schema);
  return schema;
}

/** What a model says to a question, or what does not fit it. */
export function readQuestionReply(
  content: string,
  question: Question,
  conversation: AnalysedConversation,
): Read<QuestionReply> {
  const read = readJson(content, questionReplySchema(question));
  if ('problem' in read) return read;
  const { rationale, confidence, evidence, outcome, value } = read.value;
  const reasons = { rationale: rationale.trim(), confidence: Math.min(1, Math.max(0, confidence)), evidence };
  if (outcome === 'NOT_DISCUSSED') return { value: { ...reasons, answer: null } };
  if (value === null) return { problem: '/value: it is null although the outcome is ANSWERED.' };
  if (value.type === 'SPIN_DISTRIBUTION') return { value: { ...reasons, ...anchoredQuestions(content, conversation) } };
  const fit = fitAnswer(question, value);
  return 'problem' in fit ? fit : { value: { ...reasons, answer: fit.answer } };
}

const distribution = z.object({ value: spinQuestions });

/** The questions that are really there, each in the turn where it is; they are evidence and answer at once. */
function anchoredQuestions(
  content: string,
  conversation: AnalysedConversation,
): Pick<QuestionReply, 'evidence' | 'answer'> {
  const read = readJson(content, distribution);
  const text = new TranscriptText(conversation.turns);
  const found = ('value' in read ? read.value.value.questions : []).flatMap(({ turn, quote, quadrant }) => {
    const anchored = anchorEvidence(text, { turn, quote, part: quadrant });
    return anchored === undefined ? [] : [{ turn: anchored.turn, quote: anchored.quote, quadrant }];
  });
  const counts = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };
  const questions = found.map(({ turn, quadrant }) => ({ turn, quadrant }));
  const fit = fitAnswer(
    { type: 'SPIN_DISTRIBUTION' },
    { type: 'SPIN_DISTRIBUTION', counts, shares: counts, questions },
  );
  return {
    evidence: found.map(({ turn, quote, quadrant }) => ({ turn, quote, part: quadrant })),
    answer: 'answer' in fit ? fit.answer : null,
  };
}
