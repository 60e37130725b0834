import { runIdentity } from '@harmony/analysis';
import type { AnalystOrigin, Question } from '@harmony/contracts';
import type { AnalysedConversation, Background } from '@harmony/llm';
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

export function inquiryOf(
  { question, context, usesKnowledge }: Omit<DefinitionVersion, 'version'>,
  { project: { language, knowledge }, settings }: Knowledge,
  conversation: Conversation,
  transcriptVersion: number,
): Inquiry {
  const background = usesKnowledge
    ? { knowledge, handbook: settings?.handbook ?? '' }
    : { knowledge: '', handbook: '' };
  return {
    ...{ question, usesKnowledge, transcriptVersion },
    background: { language, context, ...background },
    conversation: analysedConversation(conversation, transcriptVersion),
  };
}

/** Answers to inquiries of equal identity are equal. Analysts read no extraction, so none is part of it. */
export function identityOf(
  { question, usesKnowledge, background, transcriptVersion: version, conversation }: Inquiry,
  origin: AnalystOrigin,
): string {
  const { title, startedAt, voices } = conversation;
  const transcript = { version, title, startedAt, voices };
  return runIdentity({ question, usesKnowledge, ...background, origin, transcript, extraction: null });
}
