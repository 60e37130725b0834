import { streams, type RevisionInput, type RunCounts, type Usage } from '@harmony/contracts';
import { derivedId, fact, newId, type Fact } from '@harmony/kernel';
import { RevisionCommands } from '../commands/revision-commands.js';
import type { RevisionView } from '../read-model/revision-view.js';
import { requestBy, type RunningRevisions, type SampleWorkspace } from './running-revisions.js';

const exact = { low: 0, expected: 3, high: 6 };
const estimate = { calls: exact, tokens: exact, costMicros: exact, durationMs: exact, samples: 10 };
const origin = { engine: 'scripted', model: 'script', parameters: {}, templateVersion: '1' };
const oneCall: Usage = { calls: 1, inputTokens: 2, outputTokens: 1, costMicros: 5 };
const allAnswered: RunCounts = { answered: 2, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 0 };

export const scopeDigest = (ids: readonly string[]): string => String(ids.length).padStart(64, '0');

interface BatchOptions {
  readonly attempt?: number;
  readonly repeated?: readonly string[];
  readonly plannedBefore?: number;
}

/** Plays everything that other services do about one project and its conversations. */
export class SampleProject {
  readonly id = newId();
  readonly definitionIds = [newId(), newId()];

  private constructor(
    private readonly app: RunningRevisions,
    readonly workspace: SampleWorkspace,
  ) {}

  static async create(app: RunningRevisions, workspace: SampleWorkspace): Promise<SampleProject> {
    const project = new SampleProject(app, workspace);
    const { id: projectId, definitionIds } = project;
    await app.append(workspace.id, streams.project(projectId), [
      fact('ProjectCreated', {
        ...{ projectId, name: 'Calls', language: 'en', teamIds: [workspace.teamId], knowledge: '' },
        createdBy: workspace.admin.userId,
      }),
      ...definitionIds.map((definitionId) =>
        fact('DefinitionCreated', {
          ...{ projectId, definitionId, definitionVersion: 1, question: { type: 'SUMMARY' } as const, context: '' },
          ...{ usesKnowledge: true, isActive: true },
          presentation: { title: 'T', successAnswer: 'YES', desiredOutcome: '' },
        }),
      ),
    ]);
    return project;
  }

  get input(): RevisionInput {
    return {
      ...{ projectId: this.id, from: '2025-05-01T00:00:00.000Z', to: '2025-05-08T00:00:00.000Z', startStage: 'AUTO' },
      ...{ includeCompleted: true, statuses: [], force: false, noiseSample: 0 },
    };
  }

  async conversations(count: number, ownerId = this.workspace.admin.userId): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    for (const conversationId of ids) {
      await this.toConversation(
        conversationId,
        fact('ConversationSubmitted', {
          ...{ conversationId, title: 'Call', medium: 'CALL', source: 'TEXT', teamId: null, contactId: null },
          ...{ ownerId, createdBy: ownerId, tags: [], customFields: {}, content: null },
        }),
      );
    }
    return ids;
  }

  ask(): Promise<RevisionView> {
    return this.app.get(RevisionCommands).create(requestBy(this.workspace.admin), this.input);
  }

  runIdOf(revisionId: string, conversationId: string, attempt = 1): string {
    return derivedId(revisionId, conversationId, attempt);
  }

  /**
   * A plan of one batch.
   * @param repeated definitions that are asked again for each conversation
   */
  async plan(
    revisionId: string,
    conversationIds: readonly string[],
    attempt = 1,
    repeated: readonly string[] = [],
  ): Promise<void> {
    const about = { revisionId, projectId: this.id };
    const summary = {
      ...{ conversations: conversationIds.length, scopeDigest: scopeDigest(conversationIds), stages: [] },
      definitions: [],
    };
    if (conversationIds.length > 0) await this.planBatch(revisionId, conversationIds, { attempt, repeated });
    await this.app.append(this.workspace.id, streams.revisionPlan(revisionId), [
      fact('RevisionPlanned', { ...about, summary, estimate, ...(attempt > 1 && { attempt }) }),
    ]);
  }

  /** A plan that goes on. */
  async planBatch(
    revisionId: string,
    conversationIds: readonly string[],
    { attempt = 1, repeated = [], plannedBefore }: BatchOptions = {},
  ): Promise<void> {
    const conversations = conversationIds.map((conversationId) => ({
      ...{ conversationId, runId: this.runIdOf(revisionId, conversationId, attempt), stage: 'INSIGHTS' as const },
      ...{ asked: [...this.definitionIds], repeated: [...repeated] },
    }));
    const batch = { revisionId, projectId: this.id, attempt, conversations };
    await this.app.append(this.workspace.id, streams.revisionPlan(revisionId), [
      fact('RevisionBatchPlanned', { ...batch, ...(plannedBefore !== undefined && { plannedBefore }) }),
    ]);
  }

  async failPlan(revisionId: string, code = 'INTERNAL', attempt = 1): Promise<void> {
    const failed = fact('RevisionPlanFailed', { revisionId, projectId: this.id, attempt, code });
    await this.app.append(this.workspace.id, streams.revisionPlan(revisionId), [failed]);
  }

  /** A run of a revision from its start to its end. */
  async run(
    revisionId: string,
    conversationId: string,
    { counts = allAnswered, attempt = 1 }: { counts?: Partial<RunCounts>; attempt?: number } = {},
  ): Promise<void> {
    await this.begin(revisionId, conversationId, attempt);
    const run = { conversationId, runId: this.runIdOf(revisionId, conversationId, attempt), revisionId };
    const completed = { ...run, kind: 'REVISION' as const, counts: { ...allAnswered, answered: 0, ...counts } };
    await this.toInsights(conversationId, fact('InsightsRunCompleted', { ...completed, usage: oneCall }));
  }

  async begin(revisionId: string, conversationId: string, attempt = 1): Promise<void> {
    await this.start(conversationId, this.runIdOf(revisionId, conversationId, attempt), revisionId);
  }

  /** An ordinary run, as the pipeline makes it. */
  async ordinary(conversationId: string): Promise<void> {
    await this.start(conversationId, newId(), null);
  }

  async failRun(revisionId: string, conversationId: string, attempt = 1): Promise<void> {
    const runId = this.runIdOf(revisionId, conversationId, attempt);
    const run = { conversationId, runId, kind: 'REVISION' as const, revisionId };
    await this.toInsights(conversationId, fact('InsightsRunFailed', { ...run, code: 'INTERNAL' }));
  }

  /** What was to be asked again was, or could not be. */
  async repeat(revisionId: string, conversationId: string, definitionId: string, isAsked: boolean): Promise<void> {
    const runId = this.runIdOf(revisionId, conversationId);
    const about = { conversationId, runId, definitionId, revisionId };
    const answer = { resultId: newId(), finding: null, isChanged: null, origin, usage: oneCall, durationMs: 1 };
    const place = { projectId: this.id, definitionVersion: 1 };
    await this.toInsights(
      conversationId,
      isAsked ? fact('InsightRepeated', { ...about, ...place, ...answer }) : fact('InsightNotRepeated', about),
    );
  }

  async failStage(revisionId: string, conversationId: string, attempt = 1): Promise<void> {
    const runId = this.runIdOf(revisionId, conversationId, attempt);
    const failed = { conversationId, revisionId, runId, stage: 'TRANSCRIPTION' as const, code: 'SPEECH_FAILED' };
    await this.toConversation(conversationId, fact('RerunStageFailed', { ...failed, usage: oneCall }));
  }

  /** As it is deleted and erased: first it says so, then only its tombstone does. */
  async erase(conversationId: string): Promise<void> {
    const workspaceId = this.workspace.id;
    const { eventStore } = this.app.backends;
    await this.toConversation(conversationId, fact('ConversationDeleted', { conversationId }));
    const tombstone = streams.tombstone(conversationId);
    await this.app.append(workspaceId, tombstone, [fact('ConversationErased', { conversationId, transcripts: [] })]);
    await eventStore.deleteStream(streams.conversation(conversationId), 'any');
    const erased = { conversationId, runs: [], results: [], criteria: [], spending: [] };
    await this.app.append(workspaceId, tombstone, [fact('InsightsErased', erased)]);
    await eventStore.deleteStream(streams.insights(conversationId), 'any');
    await this.app.settled();
  }

  toConversation(conversationId: string, one: Fact): Promise<void> {
    return this.app.append(this.workspace.id, streams.conversation(conversationId), [one]);
  }

  private async start(conversationId: string, runId: string, revisionId: string | null): Promise<void> {
    const kind = revisionId === null ? ('PIPELINE' as const) : ('REVISION' as const);
    const started = { conversationId, runId, kind, revisionId, transcriptVersion: 1, extractionVersion: 1 };
    const eligibility = [{ projectId: this.id, eligible: true, isTeamAssigned: true, criteria: [] }];
    await this.toInsights(conversationId, fact('InsightsRunStarted', { ...started, eligibility, cells: [] }));
  }

  private toInsights(conversationId: string, one: Fact): Promise<void> {
    return this.app.append(this.workspace.id, streams.insights(conversationId), [one]);
  }
}
