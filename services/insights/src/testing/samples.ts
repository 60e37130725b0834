import type { Criterion, EventDataOf, Goal, Question, Scorecard } from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';

export interface SampleConversation {
  readonly teamId: string | null;
  readonly ownerId: string;
  readonly turns: readonly string[];
  readonly tags: readonly string[];
}

/** A conversation that is transcribed, as the stages before this service record it. */
export function conversationFacts(conversationId: string, sample: Partial<SampleConversation> = {}): Fact[] {
  const { teamId = null, ownerId = newId(), turns = ['Hello there', 'Good morning'], tags = [] } = sample;
  const content = { key: 'k', bytes: 1, sha256: 'a'.repeat(64) };
  return [
    fact('ConversationSubmitted', {
      ...{ conversationId, teamId, ownerId, createdBy: ownerId, tags: [...tags], content },
      ...{ source: 'TEXT', title: 'A call', medium: 'CALL', contactId: null, customFields: {} },
    }),
    ...transcriptFacts(conversationId, 1, turns),
  ];
}

export function transcriptFacts(conversationId: string, transcriptVersion: number, texts: readonly string[]): Fact[] {
  const turns = texts.map((text, index) => ({ index, speaker: 'A', text, startMs: null, endMs: null }));
  const chunks: (typeof turns)[] = [];
  for (let from = 0; from < turns.length; from += 2_000) chunks.push(turns.slice(from, from + 2_000));
  const speakers = [{ code: 'A', name: 'Ann', words: texts.length, turns: texts.length }];
  return [
    ...chunks.map((each, chunk) =>
      fact('TranscriptChunkRecorded', { conversationId, transcriptVersion, chunk, turns: each }),
    ),
    fact('TranscriptRecorded', {
      ...{ conversationId, transcriptVersion, chunkCount: chunks.length, turnCount: turns.length, speakers },
      wordCount: texts.join(' ').split(/\s+/).filter(Boolean).length,
    }),
  ];
}

export const extractionFact = (conversationId: string, more: Partial<EventDataOf<'ExtractionRecorded'>> = {}): Fact =>
  fact('ExtractionRecorded', {
    ...{ conversationId, extractionVersion: 1, transcriptVersion: 1, durationMs: 1 },
    extraction: { summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] },
    statistics: { turns: 2, words: 4, durationMs: null, silenceMs: null, speakers: [], sides: [] },
    origin: { engine: 'scripted', model: 'script', parameters: {}, templateVersion: '1' },
    usage: { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 },
    ...more,
  });

export interface SampleProject {
  readonly teamIds: readonly string[];
  readonly questions: readonly Question[];
  readonly criteria: readonly Criterion[];
  readonly goals: readonly ((definitionIds: readonly string[]) => Goal)[];
  readonly scorecards: readonly ((definitionIds: readonly string[]) => Scorecard)[];
}

export interface BuiltProject {
  readonly id: string;
  readonly definitionIds: readonly string[];
  readonly criterionIds: readonly string[];
  readonly facts: readonly Fact[];
}

/** A project with one active definition for each question. */
export function projectFacts(sample: Partial<SampleProject>): BuiltProject {
  const { teamIds = [], questions = [], criteria = [], goals = [], scorecards = [] } = sample;
  const projectId = newId();
  const definitionIds = questions.map(() => newId());
  const criterionIds = criteria.map(() => newId());
  const common = { projectId, name: 'Sales', language: 'en', knowledge: 'We sell bicycles.', createdBy: newId() };
  const facts = [
    fact('ProjectCreated', { ...common, teamIds: [...teamIds] }),
    ...questions.map((question, index) =>
      fact('DefinitionCreated', {
        ...{ projectId, definitionId: definitionIds[index] ?? '', definitionVersion: 1, question },
        ...{ context: '', usesKnowledge: true, isActive: true },
        presentation: { title: `Definition ${index + 1}`, successAnswer: 'YES', desiredOutcome: '' },
      }),
    ),
    ...criteria.map((criterion, index) =>
      fact('CriterionSet', { projectId, criterionId: criterionIds[index] ?? '', criterionVersion: 1, criterion }),
    ),
    ...goals.map((goal) => fact('GoalSet', { projectId, goalId: newId(), goal: goal(definitionIds) })),
    ...scorecards.map((scorecard) =>
      fact('ScorecardSet', { projectId, scorecardId: newId(), scorecard: scorecard(definitionIds) }),
    ),
  ];
  return { id: projectId, definitionIds, criterionIds, facts };
}

export const yesNo = (question: string): Question => ({ type: 'YES_NO', question });
