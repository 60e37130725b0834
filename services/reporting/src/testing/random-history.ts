import { streams, type Eligibility, type Goal, type GoalEvaluation, type Question } from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';
import fc from 'fast-check';

/** Something that happened, in the order of the log; times never go back, but may stand still. */
export interface Happening {
  readonly stream: string;
  readonly fact: Fact;
  /** ISO 8601 */
  readonly occurredAt: string;
}

/** What a random history is about. */
export interface HistoryCast {
  readonly projectId: string;
  readonly otherProjectId: string;
  readonly definitionId: string;
  readonly conversationIds: readonly string[];
  readonly revisionIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly userIds: readonly string[];
}

export const historyCast = (): HistoryCast => {
  const ids = (count: number): string[] => Array.from({ length: count }, () => newId());
  const [projectId = '', otherProjectId = '', definitionId = ''] = ids(3);
  const people = { teamIds: ids(2), userIds: ids(2) };
  return { projectId, otherProjectId, definitionId, conversationIds: ids(3), revisionIds: ids(2), ...people };
};

const start = Date.parse('2024-01-01T00:00:00.000Z');
const origin = { engine: 'local', model: 'rules', parameters: {}, templateVersion: '1' };
const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };
const reasoning = { rationale: 'Said so.', confidence: 1, evidence: [], searched: [] };
const question: Question = { type: 'YES_NO', question: 'Is it?' };

const stageStarted = (conversationId: string, isFirst: boolean): Fact =>
  fact('StageStarted', { conversationId, stage: isFirst ? 'EXTRACTION' : 'INSIGHTS', attempt: 1 });

const completed = (conversationId: string, hasFailures: boolean): Fact =>
  fact('ConversationCompleted', { conversationId, ...(hasFailures && { failedInsights: 1 }) });

type Choice =
  | 'CHANGE'
  | 'STAGE'
  | 'COMPLETE'
  | 'PIPELINE_RUN'
  | 'REVISION_RUN'
  | 'SETTLE'
  | 'SCORE'
  | 'END_RUN'
  | 'REQUEST'
  | 'PUBLISH'
  | 'MAKE_LIVE'
  | 'ROLL_BACK'
  | 'DELETE'
  | 'RENAME'
  | 'EDIT_DEFINITION'
  | 'PRESENT'
  | 'SET_GOAL';

const weights: readonly (readonly [number, Choice])[] = [
  ...([
    [3, 'CHANGE'],
    [2, 'STAGE'],
    [1, 'COMPLETE'],
    [4, 'PIPELINE_RUN'],
    [4, 'REVISION_RUN'],
  ] as const),
  ...([
    [4, 'SETTLE'],
    [2, 'SCORE'],
    [3, 'END_RUN'],
    [3, 'MAKE_LIVE'],
    [1, 'DELETE'],
  ] as const),
  ...([
    [1, 'RENAME'],
    [1, 'EDIT_DEFINITION'],
    [1, 'PRESENT'],
    [1, 'SET_GOAL'],
    [1, 'REQUEST'],
    [1, 'PUBLISH'],
    [2, 'ROLL_BACK'],
  ] as const),
];

interface Draw {
  readonly choice: Choice;
  readonly conversation: number;
  readonly one: number;
  readonly flag: boolean;
  /** Milliseconds since the draw before. */
  readonly later: number;
}

export const draws: fc.Arbitrary<readonly Draw[]> = fc.array(
  fc.record({
    choice: fc.oneof(...weights.map(([weight, choice]) => ({ weight, arbitrary: fc.constant(choice) }))),
    conversation: fc.nat(2),
    one: fc.nat(1),
    flag: fc.boolean(),
    later: fc.nat(2),
  }),
  { minLength: 10, maxLength: 40 },
);

interface OpenRun {
  readonly id: string;
  readonly conversationId: string;
  readonly revisionId: string | null;
  readonly isEligible: boolean;
  isSettled: boolean;
  isCompleted: boolean;
}

/** Turns draws into a history that could have been: nothing follows a deletion, and a cell settles once. */
export function historyOf(cast: HistoryCast, drawn: readonly Draw[]): Happening[] {
  const history = new History(cast);
  for (const draw of drawn) history.take(draw);
  return history.happenings;
}

class History {
  readonly happenings: Happening[] = [];
  private readonly runs: OpenRun[] = [];
  private readonly deleted = new Set<string>();
  /** Places of what was made live and not rolled back, in the stream of the project's revisions. */
  private readonly flips: { readonly revisionId: string; readonly place: number }[] = [];
  private now = start;
  private version = 1;

  constructor(private readonly cast: HistoryCast) {
    const { definitionId, conversationIds, teamIds } = cast;
    const facts = { name: 'First', language: 'en', teamIds: [...teamIds], knowledge: '', createdBy: this.user(0) };
    this.toProject(fact('ProjectCreated', { ...this.about, ...facts }));
    const presentation = { title: 'Is it?', successAnswer: 'YES', desiredOutcome: '' } as const;
    const asked = { ...this.about, definitionId, definitionVersion: 1, question, context: '', usesKnowledge: false };
    this.toProject(fact('DefinitionCreated', { ...asked, presentation, isActive: true }));
    for (const conversationId of conversationIds) {
      this.now += 1;
      this.add(
        streams.conversation(conversationId),
        fact('ConversationSubmitted', {
          ...{
            conversationId,
            teamId: teamIds[0] ?? null,
            ownerId: this.user(0),
            createdBy: this.user(0),
            content: null,
          },
          ...{ source: 'TEXT', title: 'A call', medium: 'CALL', contactId: null, tags: [], customFields: {} },
        }),
      );
    }
  }

  take(draw: Draw): void {
    this.now += draw.later;
    const conversationId = this.cast.conversationIds[draw.conversation] ?? '';
    if (!this.deleted.has(conversationId)) this.happen[draw.choice](draw, conversationId);
  }

  private readonly happen: Readonly<Record<Choice, (draw: Draw, conversationId: string) => void>> = {
    CHANGE: (draw, id) => this.add(streams.conversation(id), this.change(draw, id)),
    STAGE: ({ flag }, id) => this.add(streams.conversation(id), stageStarted(id, flag)),
    COMPLETE: ({ flag }, id) => this.add(streams.conversation(id), completed(id, flag)),
    PIPELINE_RUN: ({ flag }, id) => this.startRun(id, null, flag),
    REVISION_RUN: ({ one, flag, later }, id) => this.startRun(id, this.revision(one), flag || later > 0),
    REQUEST: ({ one }) => this.request(this.revision(one)),
    PUBLISH: ({ one }) => this.ofRevision(fact('RevisionPublished', { revisionId: this.revision(one), ...this.about })),
    MAKE_LIVE: ({ one }) => this.makeLive(this.revision(one)),
    ROLL_BACK: () => this.rollBack(),
    DELETE: (_draw, id) => this.remove(id),
    SETTLE: (draw, id) => this.settle(draw, id),
    SCORE: ({ flag }, id) => this.score(flag, id),
    END_RUN: (_draw, id) => this.endRun(id),
    RENAME: ({ one }) => this.toProject(fact('ProjectChanged', { ...this.about, name: `Name ${one}` })),
    EDIT_DEFINITION: () => this.editDefinition(),
    PRESENT: (draw) => this.present(draw),
    SET_GOAL: ({ one }) => this.setGoal(`Goal ${one}`),
  };

  private request(revisionId: string): void {
    const frozen = { projectRevision: 0, analysisRevision: null, definitions: [], previewed: null };
    const asked = { revisionId, ...this.about, number: 1, input: null, part: null, ...frozen };
    this.ofRevision(fact('RevisionRequested', asked));
  }

  private makeLive(revisionId: string): void {
    this.flips.push({ revisionId, place: this.eventsOfRevisions });
    this.ofRevision(fact('RevisionMadeLive', { revisionId, ...this.about, supersededRevisionId: null }));
  }

  private rollBack(): void {
    const last = this.flips.pop();
    if (!last) return;
    const restoredRevisionId = this.flips.at(-1)?.revisionId ?? null;
    const { revisionId, place: madeLiveAt } = last;
    this.ofRevision(fact('RevisionRolledBack', { revisionId, ...this.about, madeLiveAt, restoredRevisionId }));
  }

  private get eventsOfRevisions(): number {
    const own = streams.revisions(this.cast.projectId);
    return this.happenings.filter(({ stream }) => stream === own).length;
  }

  private ofRevision(happened: Fact): void {
    this.add(streams.revisions(this.cast.projectId), happened);
  }

  private startRun(conversationId: string, revisionId: string | null, isEligible: boolean): void {
    const { projectId, otherProjectId, definitionId } = this.cast;
    const run: OpenRun = { id: newId(), conversationId, revisionId, isEligible, isSettled: false, isCompleted: false };
    const verdict = (id: string, eligible: boolean): Eligibility => ({
      ...{ projectId: id, eligible, isTeamAssigned: eligible, criteria: [] },
    });
    this.runs.push(run);
    const cell = { projectId, definitionId, definitionVersion: this.version };
    const data = { conversationId, runId: run.id, kind: revisionId ? 'REVISION' : 'PIPELINE', revisionId } as const;
    this.add(
      streams.insights(conversationId),
      fact('InsightsRunStarted', {
        ...{ ...data, transcriptVersion: 1, extractionVersion: 1, cells: isEligible ? [cell] : [] },
        eligibility: [verdict(projectId, isEligible), verdict(otherProjectId, true)],
      }),
    );
  }

  /** The oldest run of a conversation that goes on. */
  private openRun(conversationId: string): OpenRun | undefined {
    return this.runs.find((each) => each.conversationId === conversationId && !each.isCompleted);
  }

  private endRun(conversationId: string): void {
    const run = this.openRun(conversationId);
    if (!run) return;
    run.isCompleted = true;
    const { id: runId, revisionId } = run;
    const counts = { answered: 0, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 0 };
    const kind = revisionId ? 'REVISION' : 'PIPELINE';
    this.toInsights(conversationId, fact('InsightsRunCompleted', { conversationId, runId, kind, revisionId, counts }));
  }

  private score(isMet: boolean, conversationId: string): void {
    const { projectId } = this.cast;
    const run = this.openRun(conversationId);
    const outcome = isMet ? 'MET' : 'NOT_MET';
    const goals = [{ goalId: projectId, outcome, conditions: [] } satisfies GoalEvaluation];
    const evaluated = { conversationId, projectId, rulesRevision: 1, goals, scorecards: [] };
    if (run) this.toInsights(conversationId, fact('ScoresEvaluated', { ...evaluated, runId: run.id }));
  }

  private settle({ flag, one }: Draw, conversationId: string): void {
    const { projectId, definitionId } = this.cast;
    const run = this.openRun(conversationId);
    if (!run?.isEligible || run.isSettled) return;
    run.isSettled = true;
    const about = { conversationId, runId: run.id, projectId, definitionId, definitionVersion: 1 };
    const result = { ...about, resultId: newId(), durationMs: 1, origin, usage };
    const answer = { type: 'YES_NO', answer: flag ? 'YES' : 'NO' } as const;
    const finding = { outcome: 'ANSWERED', answer, ...reasoning } as const;
    if (one === 0)
      this.toInsights(conversationId, fact('InsightFailed', { ...result, identity: null, code: 'ANALYST_FAILED' }));
    else this.toInsights(conversationId, fact('InsightRecorded', { ...result, identity: 'a'.repeat(64), finding }));
  }

  /** As the jobs do it: the tombstone names what there was, then the streams are gone. */
  private remove(conversationId: string): void {
    const { projectId, definitionId } = this.cast;
    this.deleted.add(conversationId);
    this.add(streams.conversation(conversationId), fact('ConversationDeleted', { conversationId }));
    const tombstone = streams.tombstone(conversationId);
    this.add(tombstone, fact('ConversationErased', { conversationId, transcripts: [] }));
    const runs = this.runs.filter((run) => run.conversationId === conversationId);
    const results = runs.filter((run) => run.isEligible).map(({ id: runId }) => ({ runId, definitionId }));
    const named = runs.map(({ id: runId }) => ({ runId, projectIds: [projectId] }));
    const erased = { conversationId, runs: named, results, criteria: [], spending: [] };
    this.add(tombstone, fact('InsightsErased', erased));
  }

  private change({ one, flag, later }: Draw, conversationId: string): Fact {
    const { teamIds } = this.cast;
    const changes = [
      { title: `Title ${one}`, tags: flag ? ['Hot'] : [] },
      { teamId: flag ? (teamIds[one] ?? null) : null, startedAt: flag ? '2023-12-31T12:00:00Z' : null },
      { ownerId: this.user(one), customFields: { tier: flag ? 'gold' : 2 } },
    ];
    return fact('ConversationChanged', { conversationId, ...changes[later] });
  }

  private present({ one, flag }: Draw): void {
    const presentation = { title: `Shown ${one}`, successAnswer: flag ? 'YES' : 'NO', desiredOutcome: '' } as const;
    this.toProject(fact('DefinitionPresented', { ...this.about, definitionId: this.cast.definitionId, presentation }));
  }

  private setGoal(name: string): void {
    const { definitionId } = this.cast;
    const goal: Goal = { name, match: 'ALL', conditions: [{ test: 'IS_ANSWERED', definitionId }] };
    this.toProject(fact('GoalSet', { ...this.about, goalId: definitionId, goal }));
  }

  private editDefinition(): void {
    this.version += 1;
    const asked = { question: { ...question, question: `Is it ${this.version}?` }, context: '', usesKnowledge: false };
    const { definitionId } = this.cast;
    this.toProject(
      fact('DefinitionEdited', { ...this.about, definitionId, definitionVersion: this.version, ...asked }),
    );
  }

  private get about() {
    return { projectId: this.cast.projectId };
  }

  private user = (index: number): string => this.cast.userIds[index] ?? '';

  private revision = (index: number): string => this.cast.revisionIds[index] ?? '';

  private toProject(happened: Fact): void {
    this.add(streams.project(this.cast.projectId), happened);
  }

  private toInsights(conversationId: string, happened: Fact): void {
    this.add(streams.insights(conversationId), happened);
  }

  private add(stream: string, happened: Fact): void {
    this.happenings.push({ stream, fact: happened, occurredAt: new Date(this.now).toISOString() });
  }
}
