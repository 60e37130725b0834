import { noUsage } from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';

export interface BenchProject {
  readonly id: string;
  readonly definitionIds: readonly string[];
}

export const projectFacts = ({ id: projectId, definitionIds }: BenchProject, createdBy: string): Fact[] => [
  fact('ProjectCreated', { projectId, name: 'Live', language: 'en', teamIds: [newId()], knowledge: '', createdBy }),
  ...definitionIds.map((definitionId, index) =>
    fact('DefinitionCreated', {
      ...{ projectId, definitionId, definitionVersion: 1, context: '', usesKnowledge: false, isActive: true },
      question: { type: 'YES_NO', question: `Is ${index} so?` },
      presentation: { title: `Question ${index}`, successAnswer: 'YES', desiredOutcome: '' },
    }),
  ),
];

/** A conversation, and what every definition of a project found in it. */
export function resultFacts(
  conversationId: string,
  { id: projectId, definitionIds }: BenchProject,
  ownerId: string,
): { readonly submitted: Fact; readonly results: Fact[] } {
  const runId = newId();
  const cells = definitionIds.map((definitionId) => ({ projectId, definitionId, definitionVersion: 1 }));
  const submitted = fact('ConversationSubmitted', {
    ...{ conversationId, source: 'RECORDING', title: 'Call', medium: 'CALL', teamId: null, contactId: null },
    ...{ ownerId, createdBy: ownerId, tags: [], customFields: {}, content: null },
  });
  const started = fact('InsightsRunStarted', {
    ...{ conversationId, runId, kind: 'PIPELINE', revisionId: null, transcriptVersion: 1, extractionVersion: 1 },
    ...{ eligibility: [{ projectId, eligible: true, isTeamAssigned: true, criteria: [] }], cells },
  });
  const found = cells.map((cell) =>
    fact('InsightRecorded', {
      ...{ conversationId, runId, ...cell, resultId: newId(), identity: '0'.repeat(64), usage: noUsage, durationMs: 1 },
      finding: {
        ...{ outcome: 'ANSWERED', answer: { type: 'YES_NO', answer: 'YES' }, rationale: 'Said so.' },
        ...{ confidence: 1, evidence: [], searched: [] },
      },
      origin: { engine: 'local', model: 'local', parameters: {}, templateVersion: '1' },
    }),
  );
  return { submitted, results: [started, ...found] };
}
