import type { AnalysedConversation, ProposedEvidence } from '../../port.js';
import { parseConversation, type ParsedConversation, type SpokenSentence } from './conversation.js';
import { languageOf } from './language-of.js';
import { indexSentences, type SentenceIndex } from './sentence-index.js';

/** What is made of a conversation once, for all questions about it. */
export interface Reading {
  readonly conversation: AnalysedConversation;
  readonly parsed: ParsedConversation;
  readonly index: SentenceIndex;
  /** ISO 639-1 code of the language that is spoken. */
  readonly language: string;
}

/** Reads a conversation. Linear in its length; gives way to others while it works. */
export async function read(conversation: AnalysedConversation): Promise<Reading> {
  const parsed = await parseConversation(conversation);
  return { conversation, parsed, index: await indexSentences(parsed), language: await languageOf(conversation) };
}

/** Longer sentences are quoted by their beginning. */
const maximumQuoteLength = 600;

/** A sentence as evidence: its words, to the letter. */
export function quote({ parsed }: Reading, sentence: SpokenSentence, part: string | null = null): ProposedEvidence {
  const turn = parsed.turns[sentence.turn];
  if (turn === undefined) throw new RangeError(`The conversation has no turn at ${sentence.turn}.`);
  const end = Math.min(sentence.end, sentence.start + maximumQuoteLength);
  return { turn: turn.index, quote: turn.text.slice(sentence.start, end), part };
}
