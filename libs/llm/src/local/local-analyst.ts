import { noUsage, type InsightType } from '@harmony/contracts';
import type { Analyst, AnalystAnswer, AnalystExtraction, ExtractionRequest, QuestionRequest } from '../port.js';
import { ReadingCache } from './language/reading-cache.js';
import type { Reading } from './language/reading.js';
import { originOf } from './origin.js';
import type { LocalAnswer } from './registry.js';
import { extractor, responders } from './responders.js';

const notEnglish = (language: string): string =>
  `The conversation is in another language ("${language}"); the local analyst reads English, so only names, numbers and the like were looked at. `;

/** Nothing where English is wanted. */
const inEnglish = (language: string): string =>
  language === 'en'
    ? ''
    : `Answers are wanted in another language ("${language}"); the local analyst writes English only. `;

/** How sure it may say to be of what was said in a language that it does not read. */
const confidenceAbroad = 0.2;

const searchedAll = ({ conversation: { turns } }: Reading) => {
  const [from, to] = [turns[0]?.index, turns.at(-1)?.index];
  return from === undefined || to === undefined ? [] : [{ from, to }];
};

const nothing = (rationale: string): AnalystAnswer => ({
  outcome: 'NOT_DISCUSSED',
  rationale,
  confidence: 1,
  evidence: [],
  searched: [],
  usage: noUsage,
});

/** In another language, what was not found may still have been said: an answer without words to show is none. */
function abroad(answer: LocalAnswer, language: string): LocalAnswer {
  return {
    ...answer,
    answer: answer.evidence.length === 0 ? null : answer.answer,
    rationale: notEnglish(language) + answer.rationale,
    confidence: Math.min(answer.confidence, confidenceAbroad),
  };
}

/** Of the conversations that were read last. */
const keptWords = 1_000_000;

class LocalAnalyst implements Analyst {
  private readonly readings: ReadingCache;

  constructor(among: number) {
    this.readings = new ReadingCache(keptWords / among);
  }

  originOf(type: InsightType | 'EXTRACTION') {
    return originOf(type);
  }

  async answer({ conversation, background, question, signal }: QuestionRequest): Promise<AnalystAnswer> {
    signal.throwIfAborted();
    const responder = responders.get(question.type);
    if (responder === undefined) return nothing(`The local analyst does not answer ${question.type}.`);
    const reading = await this.readings.get(conversation);
    if (reading.parsed.sentences.length === 0) return nothing('Nobody spoke.');
    signal.throwIfAborted();
    const found = await responder.answer({ question, background, reading });
    const { answer, ...reasons } = reading.language === 'en' ? found : abroad(found, reading.language);
    const rationale = inEnglish(background.language) + reasons.rationale;
    const rest = { ...reasons, rationale, searched: searchedAll(reading), usage: noUsage };
    return answer === null ? { outcome: 'NOT_DISCUSSED', ...rest } : { outcome: 'ANSWERED', answer, ...rest };
  }

  async extract({ conversation, signal }: ExtractionRequest): Promise<AnalystExtraction> {
    signal.throwIfAborted();
    const reading = await this.readings.get(conversation);
    signal.throwIfAborted();
    return { ...(await extractor.extract(reading)), usage: noUsage };
  }

  async close(): Promise<void> {
    this.readings.clear();
  }
}

/**
 * The analyst that is there without any configuration: works in this process, offline, from rules and the language
 * model that its library ships; the same words give the same answer, always. It reads English, and says so of others.
 *
 * @param among so many of them, which share the memory that one may take
 */
export const createLocalAnalyst = (among = 1): Analyst => new LocalAnalyst(among);
