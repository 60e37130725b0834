import {
  anchorAll,
  canonicalQuestion,
  fitAnswer,
  needsEvidence,
  supportedAnswer,
  TranscriptText,
} from '@harmony/analysis';
import {
  addUsage,
  HarmonyError,
  noUsage,
  usage,
  type Answer,
  type Finding,
  type TurnSpan,
  type Usage,
} from '@harmony/contracts';
import type { AnalysedConversation, Analyst, AnalystAnswer, QuestionRequest, Repair } from './port.js';

/** What may be stored: every quote is in the transcript to the letter, and the answer fits its question. */
export interface VerifiedAnswer {
  readonly finding: Finding;
  /** Of all calls, repairs included. */
  readonly usage: Usage;
}

type Verified =
  | { readonly finding: Finding }
  | {
      readonly repair: Repair;
      /** What is left without the claims that nothing supports; absent where nothing is. */
      readonly rest?: Finding;
    };

/**
 * Asks an analyst, and has it mend an answer once that does not fit its question or that no words support (B1); then an
 * item or a competitor that still has no quote of its own is dropped, as long as others have theirs.
 * A conversation without words is not discussed, without asking anybody.
 * @throws HarmonyError UNSUPPORTED_ANSWER or ANSWER_INVALID when it cannot be mended, or what the analyst throws;
 *   `facts.usage` says what was spent.
 */
export async function answerWithEvidence(analyst: Analyst, request: QuestionRequest): Promise<VerifiedAnswer> {
  const { conversation } = request;
  if (!conversation.turns.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) return { finding: silence, usage: noUsage };
  const text = new TranscriptText(conversation.turns);
  const asked = { ...request, question: canonicalQuestion(request.question) };
  const given = await analyst.answer(asked);
  const verified = verify(given, request, text);
  if ('finding' in verified) return { finding: verified.finding, usage: given.usage };
  const second = await repaired(analyst, { ...asked, repair: verified.repair }, given.usage);
  const spent = addUsage(given.usage, second.usage);
  const again = verify(second, request, text);
  if ('finding' in again) return { finding: again.finding, usage: spent };
  const rest = again.rest ?? verified.rest;
  if (rest) return { finding: rest, usage: spent };
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
  const quotations = given.evidence.filter(({ part }) => !isExcluded(question, part));
  const evidence = first(anchorAll(text, quotations), maximumEvidenceBytes);
  const reasons = {
    rationale: given.rationale,
    confidence: Math.min(1, Math.max(0, given.confidence)),
    evidence,
    searched: searchedIn(conversation, given.searched),
  };
  if (given.outcome === 'NOT_DISCUSSED') return { finding: { outcome: 'NOT_DISCUSSED', ...reasons } };
  const fit = fitAnswer(question, given.answer);
  if ('problem' in fit) return { repair: { problem: 'ANSWER_INVALID', detail: fit.problem } };
  if (needsEvidence(fit.answer) && evidence.length === 0) return { repair: unsupported };
  const { answer, remark } = supportedAnswer(fit.answer, evidence);
  const rationale = [reasons.rationale, remark].filter(Boolean).join(' ');
  const finding: Finding = { outcome: 'ANSWERED', answer: storable(answer), ...reasons, rationale };
  if (answer === fit.answer) return { finding };
  return needsEvidence(answer) ? { repair: unsupportedInPart, rest: finding } : { repair: unsupportedInPart };
}

const unsupported: Repair = {
  problem: 'UNSUPPORTED_ANSWER',
  detail: 'None of the quotes stands in the transcript. Quote the words as they were spoken, with their turn.',
};

/** Names nothing: what the analyst called by a name may be words of the conversation, which are no instructions. */
const unsupportedInPart: Repair = {
  problem: 'UNSUPPORTED_ANSWER',
  detail:
    'Not everything that the answer claims has a quote of its own that stands in the transcript. Quote the words for each item that is met and for each competitor, as they were spoken, with their turn, and with its key or name as part. Claim nothing else.',
};

/** What was said of a name that is no competitor supports no answer about competitors. */
const isExcluded = (question: QuestionRequest['question'], part: string | null): boolean =>
  question.type === 'COMPETITORS' &&
  part !== null &&
  question.exclude.some((name) => name.toLowerCase() === part.trim().toLowerCase());

/** Bytes of JSON: an answer about a conversation of a day still fits into one append (900 KB). */
const maximumEvidenceBytes = 250_000;
const maximumQuestionBytes = 250_000;

/** As many of the first items as fit. */
function first<Item>(items: readonly Item[], maximumBytes: number): Item[] {
  let bytes = 0;
  const end = items.findIndex((item) => (bytes += Buffer.byteLength(JSON.stringify(item)) + 1) > maximumBytes);
  return items.slice(0, end < 0 ? items.length : end);
}

/** Counts and shares are of all questions, of which the first ones are listed. */
const storable = (answer: Answer): Answer =>
  answer.type === 'SPIN_DISTRIBUTION'
    ? { ...answer, questions: first(answer.questions, maximumQuestionBytes) }
    : answer;

/** Spans within the transcript, at most a hundred: an analyst that names none has read it all. */
function searchedIn({ turns }: AnalysedConversation, spans: readonly TurnSpan[]): TurnSpan[] {
  const [begin, last] = [turns[0]?.index ?? 0, turns.at(-1)?.index ?? 0];
  const whole = [{ from: begin, to: last }];
  const inside = spans
    .map(({ from, to }) => ({ from: Math.max(begin, from), to: Math.min(last, to) }))
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

/** What an error, or else what led to it, says was spent before it; nothing where neither says anything. */
export function usageOf(error: unknown): Usage {
  if (!(error instanceof HarmonyError)) return noUsage;
  const said = usage.safeParse(error.facts['usage']);
  return said.success ? said.data : usageOf(error.cause);
}
