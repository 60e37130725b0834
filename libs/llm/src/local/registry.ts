import type { Answer, InsightType, Question, QuestionOf } from '@harmony/contracts';
import type { AnalystExtraction, Background, ProposedEvidence } from '../port.js';
import type { Reading } from './language/reading.js';

/** What a question is answered from. */
export interface LocalRequest<Type extends InsightType = InsightType> {
  readonly question: QuestionOf<Type>;
  readonly background: Background;
  readonly reading: Reading;
}

/** An answer and its reasons; `answer` is null where nobody spoke of what was asked. */
export interface LocalAnswer {
  readonly answer: Answer | null;
  readonly rationale: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Exact words of turns: {@link quote} makes them. */
  readonly evidence: readonly ProposedEvidence[];
}

/** Answers one type of question. Equal requests get equal answers; work that is long gives way to others. */
export interface LocalResponder<Type extends InsightType> {
  readonly type: Type;
  /** Raised with every change that may change an answer; part of the run identity. */
  readonly version: string;
  answer(request: LocalRequest<Type>): LocalAnswer | Promise<LocalAnswer>;
}

export interface LocalExtractor {
  /** As for {@link LocalResponder}. */
  readonly version: string;
  extract(reading: Reading): LocalExtraction | Promise<LocalExtraction>;
}

export type LocalExtraction = Omit<AnalystExtraction, 'usage'>;

/** A responder that takes a question of any type, and refuses what is not its own. */
export interface RegisteredResponder {
  readonly type: InsightType;
  readonly version: string;
  answer(request: Omit<LocalRequest, 'question'> & { readonly question: Question }): Promise<LocalAnswer>;
}

/** Makes a responder ready for the registry. */
export function register<Type extends InsightType>(responder: LocalResponder<Type>): RegisteredResponder {
  const isOwn = (question: Question): question is QuestionOf<Type> => question.type === responder.type;
  return {
    type: responder.type,
    version: responder.version,
    answer: async ({ question, background, reading }) => {
      if (!isOwn(question)) throw new TypeError(`${responder.type} cannot answer ${question.type}.`);
      return responder.answer({ question, background, reading });
    },
  };
}
