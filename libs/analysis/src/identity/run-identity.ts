import type { AnalystOrigin, ParticipantRole, Question } from '@harmony/contracts';
import { digestOf } from './canonical-json.js';
import { canonicalQuestion } from './canonical-question.js';

/** Everything that an answer depends on (D4). What only says how it is shown is no part of it. */
export interface AnswerInputs {
  readonly question: Question;
  readonly context: string;
  readonly usesKnowledge: boolean;
  /** Engine, model, parameters and template version of whoever answers. */
  readonly origin: AnalystOrigin;
  readonly knowledge: string;
  readonly handbook: string;
  readonly language: string;
  readonly transcript: {
    readonly version: number;
    /** Analysts read it above what was said. */
    readonly title: string;
    /** When it took place, ISO 8601: what "tomorrow" means depends on it. */
    readonly startedAt: string | null;
    /** Who the speakers are: matching one to a person changes what an analyst reads. */
    readonly voices: readonly {
      readonly code: string;
      readonly name: string | null;
      readonly role: ParticipantRole | null;
    }[];
  };
  /** Null for an analyst that does not read the extraction. */
  readonly extraction: { readonly version: number; readonly origin: AnalystOrigin } | null;
}

/** The run identity: SHA-256 in hex. Results of equal identity are equal, so one of them is enough (B2). */
export function runIdentity(inputs: AnswerInputs): string {
  const { usesKnowledge, knowledge, handbook, question, ...others } = inputs;
  return digestOf({
    ...others,
    question: canonicalQuestion(question),
    background: usesKnowledge ? { knowledge, handbook } : null,
  });
}
