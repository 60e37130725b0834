import type { AttributedCause } from '@harmony/contracts';
import type { Inquiry } from '../../analyst/inquiry.js';

/** An inquiry of before, with one input of now. */
export interface Variant {
  readonly cause: AttributedCause;
  readonly inquiry: Inquiry;
}

/**
 * What was asked before with each input of now by itself. Where a definition is asked with the project's knowledge now, or
 * no longer, the two are one input; who the speakers are belongs to the transcript where that is another one.
 */
export function oneAtATime(before: Inquiry, now: Inquiry): readonly Variant[] {
  const isUsedAlike = before.usesKnowledge === now.usesKnowledge;
  const isSameTranscript = before.transcriptVersion === now.transcriptVersion;
  const { question, usesKnowledge, transcriptVersion } = now;
  const { context, language, knowledge, handbook } = now.background;
  const { title, startedAt, voices, turns, key } = now.conversation;
  const background = (more: Partial<Inquiry['background']>): Inquiry => ({
    ...before,
    background: { ...before.background, ...more },
  });
  const conversation = (more: Partial<Inquiry['conversation']>): Inquiry => ({
    ...before,
    conversation: { ...before.conversation, ...more },
  });
  return [
    {
      cause: 'DEFINITION_CHANGED',
      inquiry: {
        ...background({ context, ...(!isUsedAlike && { knowledge, handbook }) }),
        ...{ question, usesKnowledge },
      },
    },
    { cause: 'KNOWLEDGE_CHANGED', inquiry: isUsedAlike ? background({ knowledge, handbook }) : before },
    { cause: 'LANGUAGE_CHANGED', inquiry: background({ language }) },
    {
      cause: 'TRANSCRIPT_CHANGED',
      inquiry: isSameTranscript ? before : { ...conversation({ voices, turns, key }), transcriptVersion },
    },
    {
      cause: 'CONVERSATION_CHANGED',
      inquiry: conversation({ title, startedAt, ...(isSameTranscript && { voices }) }),
    },
  ];
}
