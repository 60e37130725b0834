import { anchorAll, anchorEvidence, type TranscriptText } from '@harmony/analysis';
import type { Evidence, Extraction } from '@harmony/contracts';
import type { AnalystExtraction, ProposedEvidence } from '@harmony/llm';

const maximumSummaryLength = 20_000;
const maximumTopics = 20;
const maximumTopicLength = 200;
const maximumQuestions = 500;

/** Bytes of JSON; with statistics of 200 speakers it all stays below what one append takes (900 KB). */
const maximumBytes = { questions: 300_000, keyPoints: 150_000, actionItems: 150_000 } as const;

/**
 * What may be stored of what an analyst found: quotes that stand in the transcript to the letter, and no key point and
 * no action item that none of them supports (B1). Lists that are too long end early.
 */
export function verifiedExtraction(
  found: AnalystExtraction,
  text: TranscriptText,
  speakerOf: (turn: number) => string | undefined,
): Extraction {
  const keyPoints = supported(found.keyPoints, text).map(({ text: point, evidence }) => ({ text: point, evidence }));
  const actionItems = supported(found.actionItems, text).map(({ owner, due, ...item }) => ({
    ...item,
    owner: owner === null ? null : plain(owner),
    due: due === null ? null : plain(due),
  }));
  return {
    summary: plain(found.summary.slice(0, maximumSummaryLength)),
    keyPoints: within(keyPoints, maximumBytes.keyPoints),
    actionItems: within(actionItems, maximumBytes.actionItems),
    topics: topicsOf(found.topics),
    questions: within(questionsOf(found.questions, text, speakerOf), maximumBytes.questions),
  };
}

/** Those whose text is supported by a quote at least. */
const supported = <Item extends { readonly text: string; readonly evidence: readonly ProposedEvidence[] }>(
  items: readonly Item[],
  transcript: TranscriptText,
): (Omit<Item, 'evidence'> & { evidence: Evidence[] })[] =>
  items
    .map((item) => ({ ...item, text: plain(item.text), evidence: anchorAll(transcript, item.evidence) }))
    .filter(({ text, evidence }) => text !== '' && evidence.length > 0);

function questionsOf(
  proposed: readonly ProposedEvidence[],
  text: TranscriptText,
  speakerOf: (turn: number) => string | undefined,
): Extraction['questions'] {
  const questions: Extraction['questions'] = [];
  for (const question of proposed) {
    const evidence = anchorEvidence(text, question);
    const speaker = evidence && speakerOf(evidence.turn);
    if (evidence && speaker !== undefined) questions.push({ text: evidence.quote, speaker, evidence });
    if (questions.length === maximumQuestions) break;
  }
  return questions;
}

const topicsOf = (topics: readonly string[]): string[] =>
  [...new Set(topics.map((topic) => plain(topic.slice(0, maximumTopicLength))))]
    .filter((topic) => topic !== '')
    .slice(0, maximumTopics);

/** As many of the first items as fit. */
function within<Item>(items: readonly Item[], limit: number): Item[] {
  let bytes = 2;
  const first = items.findIndex((item) => (bytes += Buffer.byteLength(JSON.stringify(item)) + 1) > limit);
  return items.slice(0, first < 0 ? items.length : first);
}

/** Without what a database does not take. */
const plain = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '').trim();
