import type { AnswerInputDigests } from '@harmony/contracts';
import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { canonicalQuestion } from './canonical-question.js';
import type { AnswerInputs } from './run-identity.js';

/** What an answer depends on besides the conversation that it is about. */
export type Asked = Omit<AnswerInputs, 'transcript' | 'extraction'>;

/** A conversation as answers depend on it, hashed once for all of its questions. */
export interface HeardInputs {
  readonly json: string;
  readonly transcript: string;
  readonly conversation: string;
}

const sha256 = (text: string): Hash => createHash('sha256').update(text);
const shortDigest = (value: unknown): string => sha256(canonicalJson(value)).digest('hex').slice(0, 16);

export function heardInputs(transcript: AnswerInputs['transcript']): HeardInputs {
  const { version, ...conversation } = transcript;
  return {
    json: canonicalJson(transcript),
    transcript: shortDigest({ version }),
    conversation: shortDigest(conversation),
  };
}

/**
 * A question to an analyst that reads no extraction, hashed once for all conversations that it is asked of: what is
 * left for each of them is a few bytes.
 */
export class AskedInputs {
  private readonly hash: Hash;
  private readonly digests: Omit<AnswerInputDigests, 'transcript' | 'conversation'>;

  constructor({ question: written, context, usesKnowledge, knowledge, handbook, language, origin }: Asked) {
    const question = canonicalQuestion(written);
    const background = usesKnowledge ? { knowledge, handbook } : null;
    const asked = canonicalJson({ background, context, extraction: null, language, origin, question });
    // `transcript` is the last key of the canonical form, so what stands before it is the same for every conversation.
    this.hash = sha256(`${asked.slice(0, -1)},"transcript":`);
    this.digests = {
      definition: shortDigest({ question, context, usesKnowledge }),
      knowledge: shortDigest(background),
      language: shortDigest(language),
      analyst: shortDigest(origin),
    };
  }

  /** As `runIdentity` says it. */
  identityOf({ json }: HeardInputs): string {
    return this.hash.copy().update(json).update('}').digest('hex');
  }

  digestsOf({ transcript, conversation }: HeardInputs): AnswerInputDigests {
    return { ...this.digests, transcript, conversation };
  }
}

/** Which inputs an answer was made from, a short digest each. */
export const answerInputDigests = ({ transcript, extraction: _, ...asked }: AnswerInputs): AnswerInputDigests =>
  new AskedInputs(asked).digestsOf(heardInputs(transcript));
