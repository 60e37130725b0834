import { actionItem } from '@harmony/contracts';
import { z } from 'zod';
import type { AnalysedConversation, AnalystExtraction, ProposedEvidence } from '../../port.js';

const quotes = z.array(z.object({ turn: z.int().nonnegative(), quote: z.string() }));

export const extractionReplySchema = z.object({
  summary: z.string(),
  keyPoints: z.array(z.object({ text: z.string().trim().min(1), evidence: quotes })),
  actionItems: z.array(actionItem.extend({ evidence: quotes })),
  topics: z.array(z.string().trim().min(1)),
});
type ExtractionReply = z.output<typeof extractionReplySchema>;

const maximumTopics = 20;
const maximumQuestions = 500;

/** What a model found, and the questions that were asked: those need no model. */
export const extractionOf = (
  { summary, keyPoints, actionItems, topics }: ExtractionReply,
  conversation: AnalysedConversation,
): Omit<AnalystExtraction, 'usage'> => ({
  summary: summary.trim(),
  keyPoints: keyPoints.map((point) => ({ ...point, evidence: point.evidence.map(whole) })),
  actionItems: actionItems.map((item) => ({ ...item, evidence: item.evidence.map(whole) })),
  topics: [...new Set(topics)].slice(0, maximumTopics),
  questions: questionsIn(conversation),
});

const whole = (quote: Omit<ProposedEvidence, 'part'>): ProposedEvidence => ({ ...quote, part: null });

/** Sentences that end in a question mark, in the scripts that have one. */
export const questionsIn = ({ turns }: AnalysedConversation): readonly ProposedEvidence[] =>
  turns
    .flatMap(({ index, text }) =>
      [...text.matchAll(/[^.!?。！？؟\n]*[?？؟]/gu)]
        .map(([sentence]) => sentence.trim())
        .filter((sentence) => /\p{L}/u.test(sentence))
        .map((quote) => ({ turn: index, quote, part: null })),
    )
    .slice(0, maximumQuestions);
