import { AskedInputs, heardInputs, type Asked, type HeardInputs } from '@harmony/analysis';
import type { AnalystOrigin, AnswerInputDigests, Question } from '@harmony/contracts';
import type { AnalysedConversation, Background } from '@harmony/llm';
import { isDeepStrictEqual } from 'node:util';
import { analysedConversation } from '../conversations/analysed-conversation.js';
import type { Conversation } from '../conversations/conversation.js';
import type { AnalysisSettings } from '../domain/analysis-settings.js';
import type { DefinitionVersion, Project } from '../domain/project.js';

/** A question about a conversation, with everything that its answer depends on but the analyst. */
export interface Inquiry {
  readonly question: Question;
  readonly usesKnowledge: boolean;
  readonly background: Background;
  readonly transcriptVersion: number;
  readonly conversation: AnalysedConversation;
}

/** What is known besides the conversation itself; of a trial without a project, only the handbook. */
export interface Knowledge {
  readonly project: Pick<Project, 'language' | 'knowledge'>;
  readonly settings: Pick<AnalysisSettings, 'handbook'> | undefined;
}

type Written = Omit<DefinitionVersion, 'version'>;

export function inquiryOf(
  definition: Written,
  knowledge: Knowledge,
  conversation: Conversation,
  transcriptVersion: number,
): Inquiry {
  const { question, usesKnowledge } = definition;
  return {
    ...{ question, usesKnowledge, transcriptVersion, background: backgroundOf(definition, knowledge) },
    conversation: analysedConversation(conversation, transcriptVersion),
  };
}

/** What a definition is asked with besides its question. */
export function backgroundOf(
  { context, usesKnowledge }: Omit<Written, 'question'>,
  { project: { language, knowledge }, settings }: Knowledge,
): Background {
  const background = usesKnowledge
    ? { knowledge, handbook: settings?.handbook ?? '' }
    : { knowledge: '', handbook: '' };
  return { language, context, ...background };
}

/** What was hashed of a question stays for as long as the question does. */
const askedOf = new WeakMap<Question, { readonly asked: Asked; readonly inputs: AskedInputs }>();

/** What the answer to an inquiry depends on, but for the conversation. Analysts read no extraction, so none is part of it. */
export function askedInputs(asked: Asked): AskedInputs {
  const known = askedOf.get(asked.question);
  if (known && isSame(known.asked, asked)) return known.inputs;
  const inputs = new AskedInputs(asked);
  askedOf.set(asked.question, { asked, inputs });
  return inputs;
}

/** What an answer was made from: answers to inquiries of equal identity are equal. */
export interface Identified {
  readonly identity: string;
  readonly inputs: AnswerInputDigests;
}

export function identityOf(
  { question, usesKnowledge, background, transcriptVersion, conversation }: Inquiry,
  origin: AnalystOrigin,
): Identified {
  const heard = heardOf(conversation, transcriptVersion);
  const asked = askedInputs({ question, usesKnowledge, origin, ...background });
  return { identity: asked.identityOf(heard), inputs: asked.digestsOf(heard) };
}

/** A conversation as the answers to any question about it depend on it. */
export const heardOf = (
  { title, startedAt, voices }: Omit<AnalysedConversation, 'key' | 'turns'>,
  version: number,
): HeardInputs => heardInputs({ version, title, startedAt, voices });

const isSame = (left: Asked, right: Asked): boolean =>
  left.context === right.context &&
  left.usesKnowledge === right.usesKnowledge &&
  left.knowledge === right.knowledge &&
  left.handbook === right.handbook &&
  left.language === right.language &&
  isDeepStrictEqual(left.origin, right.origin);
