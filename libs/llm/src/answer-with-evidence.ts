import { anchorAll, canonicalQuestion, fitAnswer, needsEvidence, TranscriptText } from '@harmony/analysis';
import { HarmonyError, noUsage, usage, type Finding, type TurnSpan, type Usage } from '@harmony/contracts';
import type { AnalysedConversation, Analyst, AnalystAnswer, QuestionRequest, Repair } from './port.js';

/** What may be stored: every quote is in the transcript to the letter, and the answer fits its question. */
export interface VerifiedAnswer {
  readonly finding: Finding;
  /** Of all calls, repairs included. */
  readonly usage: Usage;
}

type Verified = { readonly finding: Finding } | { readonly repair: Repair };

/**
 * Asks an analyst, and has it mend an answer once that does not fit its question or that no words support (B1).
 * A conversation without words is not discussed, without asking anybody.
 * @throws HarmonyError UNSUPPORTED_ANSWER or ANSWER_INVALID when it cannot be mended, or what the analyst throws;
 *   `facts.usage` says what was spent.
 */
export async function answerWithEvidence(analyst: Analyst, request: QuestionRequest): Promise<VerifiedAnswer> {
  const { conversation } = request;
  if (!conversation.turns.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) return { finding: silence, usage: noUsage };
  const text = new TranscriptText(conversation.turns);
  const asked = { ...request, question: canonicalQuestion(request.question) };
  const first = await analyst.answer(asked);
  const verified = verify(first, request, text);
  if ('finding' in verified) return { finding: verified.finding, usage: first.usage };
  const second = await repaired(analyst, { ...asked, repair: verified.repair }, first.usage);
  const spent = addUsage(first.usage, second.usage);
  const again = verify(second, request, text);
  if ('finding' in again) return { finding: again.finding, usage: spent };
  throw new HarmonyError(again.repair.problem, { detail: again.repair.detail, facts: { usage: spent } });
}

/** What was spent before a failure counts as well. */
async function repaired(analyst: Analyst, request: QuestionRequest, spent: Usage): Promise<AnalystAnswer> {
  try {
    return await analyst.answer(request);
  } catch (error) {
    if (!(error instanceof HarmonyError)) throw error;
    const facts = { ...error.facts, usage: addUsage(spent, usageOf(error)) };
    throw new HarmonyError(error.code, { detail: error.message, facts, cause: error });
  }
}

function verify(given: AnalystAnswer, { question, conversation }: QuestionRequest, text: TranscriptText): Verified {
  const evidence = anchorAll(text, given.evidence);
  const reasons = {
    rationale: given.rationale,
    confidence: Math.min(1, Math.max(0, given.confidence)),
    evidence,
    searched: searchedIn(conversation, given.searched),
  };
  if (given.outcome === 'NOT_DISCUSSED') return { finding: { outcome: 'NOT_DISCUSSED', ...reasons } };
  const fit = fitAnswer(question, given.answer);
  if ('problem' in fit) return { repair: { problem: 'ANSWER_INVALID', detail: fit.problem } };
  if (needsEvidence(fit.answer) && evidence.length === 0) {
    const detail = 'None of the quotes stands in the transcript. Quote the words as they were spoken, with their turn.';
    return { repair: { problem: 'UNSUPPORTED_ANSWER', detail } };
  }
  return { finding: { outcome: 'ANSWERED', answer: fit.answer, ...reasons } };
}

/** Spans within the transcript, at most a hundred: an analyst that names none has read it all. */
function searchedIn({ turns }: AnalysedConversation, spans: readonly TurnSpan[]): TurnSpan[] {
  const [first, last] = [turns[0]?.index ?? 0, turns.at(-1)?.index ?? 0];
  const whole = [{ from: first, to: last }];
  const inside = spans
    .map(({ from, to }) => ({ from: Math.max(first, from), to: Math.min(last, to) }))
    .filter(({ from, to }) => from <= to);
  return inside.length === 0 || inside.length > 100 ? whole : inside;
}

const silence: Finding = {
  outcome: 'NOT_DISCUSSED',
  rationale: 'The conversation holds no words.',
  confidence: 1,
  evidence: [],
  searched: [],
};

/** What an error says was spent before it; nothing where it says nothing. */
export function usageOf(error: unknown): Usage {
  const said = usage.safeParse(error instanceof HarmonyError ? error.facts['usage'] : undefined);
  return said.success ? said.data : noUsage;
}

export const addUsage = (left: Usage, right: Usage): Usage => ({
  calls: left.calls + right.calls,
  inputTokens: left.inputTokens + right.inputTokens,
  outputTokens: left.outputTokens + right.outputTokens,
  costMicros: left.costMicros + right.costMicros,
});
