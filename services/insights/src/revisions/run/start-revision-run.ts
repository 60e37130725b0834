import { HarmonyError, type EventDataOf, type Verdict } from '@harmony/contracts';
import type { Cause, Fact } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import { inquiryOf } from '../../analyst/inquiry.js';
import type { Conversation } from '../../conversations/conversation.js';
import { Conversations } from '../../conversations/conversations.js';
import type { Judgement } from '../../domain/attribute-filter.js';
import { decideFailure, decideStart, type CellFailure } from '../../domain/decide-run.js';
import type { Insights } from '../../domain/insights.js';
import type { Cell } from '../../domain/run.js';
import type { Project } from '../../domain/project.js';
import { reusableResult, type FoundResult } from '../../domain/reusable-result.js';
import { JudgedCriteria, type OpenInquiry } from '../../eligibility/judged-criteria.js';
import { asksAnalyst } from '../../plan-run/asks-analyst.js';
import { AskCriterion, type Planning } from '../../plan-run/ask-criterion.js';
import { cellsOf } from '../../plan-run/cells-of.js';
import { InsightsStreams, type Decision } from '../../streams/insights-streams.js';
import { Projects, Settings } from '../../streams/projects.js';
import { PauseInsights } from '../../usage/pause-insights.js';
import { PartOfRevision } from './part-of-revision.js';
import type { Revision } from './revision.js';
import { RevisionPlans, Revisions } from './revisions.js';
import { newRunJob, type RunRevisionPayload } from './run-revision.js';
import { versionsOf, type Versions } from './versions-of.js';

/** Cells that are to be answered, each with what is known of it already. */
export interface PlannedCells extends Versions {
  readonly eligibility: EventDataOf<'InsightsRunStarted'>['eligibility'];
  readonly cells: readonly Cell[];
  /** What holds in the cell without asking anybody; undefined where somebody has to be asked. */
  readonly found: (current: Insights | undefined, cell: Cell) => FoundResult | undefined;
  /** Cells that fail because they failed where they are taken from. */
  readonly failures: readonly CarriedFailure[];
}

export interface CarriedFailure {
  readonly definitionId: string;
  readonly failure: CellFailure;
}

/** A run of a revision that is about to start. */
export interface StartingRun {
  readonly payload: RunRevisionPayload;
  readonly revision: Revision;
  readonly conversation: Conversation;
  readonly insights: Insights | undefined;
  readonly context: JobContext;
  readonly cause: Cause;
}

/** Starts runs of revisions: with everything that is carried over settled in the same append. */
@Injectable()
export class StartRevisionRun {
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly plans: RevisionPlans,
    private readonly revisions: Revisions,
    private readonly conversations: Conversations,
    private readonly insights: InsightsStreams,
    private readonly projects: Projects,
    private readonly settings: Settings,
    private readonly judgedCriteria: JudgedCriteria,
    private readonly askCriterion: AskCriterion,
    private readonly analyst: AskAnalyst,
    private readonly pauseInsights: PauseInsights,
    private readonly part: PartOfRevision,
  ) {}

  /**
   * What is to be appended, all at once where that is possible and in this order where it is not. Undefined where there
   * is nothing to be run: the revision is cancelled, the conversation is deleted, or the job waits for the budget.
   * @throws HarmonyError where nobody can say what is to be asked; STREAM_DELETED
   */
  async start(
    payload: RunRevisionPayload,
    context: JobContext,
    cause: Cause,
  ): Promise<readonly Decision[] | undefined> {
    const { conversationId, revisionId, runId } = payload;
    const { projectId } = await this.plans.planOf(revisionId, runId);
    const revision = await this.revisions.revision(projectId, revisionId);
    const { state: conversation } = await this.conversations.load(conversationId);
    if (revision.isCancelled || !conversation || conversation.isDeleted) return undefined;
    // The job has just looked; what is decided by it is decided anew where somebody else was faster.
    const insights = this.insights.known(conversationId) ?? (await this.insights.load(conversationId)).state;
    const run: StartingRun = { payload, revision, conversation, insights, context, cause };
    const planned = revision.requested.part ? await this.planPart(run) : await this.plan(run);
    return planned && decisionsOf(run, planned);
  }

  /** As the project and the settings were when the revision was asked for; undefined while the budget is spent. */
  private async plan(run: StartingRun): Promise<PlannedCells | undefined> {
    const { conversation, context } = run;
    const { projectRevision, analysisRevision, revisionId, input } = run.revision.requested;
    const reuse = { isForced: input?.force ?? false, revisionId };
    const project = await this.projectOf(run);
    if (asksAnalyst(project) && (await this.waits(run))) return undefined;
    const settings = await this.settings.at(context.workspaceId, analysisRevision);
    const versions = versionsOf(run);
    const { transcriptVersion } = versions;
    const planning = planningOf(run);
    const ask = (open: OpenInquiry): Promise<Judgement<Verdict>> =>
      this.inTurn(() => this.askCriterion.ask(planning, project.id, open));
    const candidate = { conversation, transcriptVersion, settings, insights: run.insights };
    const eligibility = [await this.judgedCriteria.eligibility(candidate, project, ask)];
    const knowledge = { project, settings };
    return {
      ...{ ...versions, eligibility, cells: cellsOf([project], eligibility) },
      failures: [],
      found: (current, { definitionId, definitionVersion }) => {
        const version = project.definitions.get(definitionId)?.versions[definitionVersion - 1];
        if (!version) throw new HarmonyError('INTERNAL', { detail: `Unknown at revision ${projectRevision}.` });
        const inquiry = inquiryOf(version, knowledge, conversation, transcriptVersion);
        return reusableResult(current, reuse, this.analyst.identityOf(inquiry).identity);
      },
    };
  }

  /** A thread of the built-in analyst does one thing at a time, and live work is not to wait behind all runs that begin together. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.analyst.isMetered) return work();
    const turn = this.lastTurn.then(work);
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Undefined while answers that it takes over wait for the budget, and so does the job.
   * @throws HarmonyError NOT_READY while they are being given
   */
  private async planPart(run: StartingRun): Promise<PlannedCells | undefined> {
    const planned = await this.part.plan(run);
    if (planned) return planned;
    if (await this.waits(run)) return undefined;
    throw new HarmonyError('NOT_READY');
  }

  private waits({ payload, revision, context, cause }: StartingRun): Promise<boolean> {
    const { projectId, revisionId } = revision.requested;
    const isCancelled = (): Promise<boolean> => this.revisions.isCancelledNow(projectId, revisionId);
    return this.pauseInsights.whileExhausted(newRunJob(context, payload), cause, isCancelled);
  }

  private async projectOf({ revision }: StartingRun): Promise<Project> {
    const { projectId, projectRevision } = revision.requested;
    const { state: today } = await this.projects.recent(projectId);
    const project = await this.projects.at(projectId, projectRevision);
    if (!project || !today || today.isDeleted) throw new HarmonyError('UNKNOWN_PROJECT');
    return project;
  }
}

const planningOf = ({ payload: { runId, conversationId }, cause, context }: StartingRun): Planning => ({
  ...{ runId, conversationId, cause, context },
  priority: 'revision',
});

function decisionsOf(
  { payload, revision, cause }: StartingRun,
  { found, failures, ...planned }: PlannedCells,
): Decision[] {
  const { conversationId, revisionId, runId } = payload;
  const { projectRevision, analysisRevision, input } = revision.requested;
  const started: EventDataOf<'InsightsRunStarted'> = {
    ...{ conversationId, runId, kind: 'REVISION', revisionId },
    ...{ ...planned, cells: [...planned.cells] },
    frozen: { projectRevision, analysisRevision },
    ...(input?.force && { isForced: true }),
  };
  const failed = failures.map(({ definitionId, failure }): Decision => ({
    ...{ cause, name: definitionId },
    decide: (now) => decideFailure(now, { runId, definitionId }, failure),
  }));
  const start: Decision = {
    ...{ cause, name: 'started' },
    decide: onceOn((now) => decideStart(now, started, (cell) => found(now, cell))),
  };
  return [start, ...failed];
}

/** Decides once on one state, where what is foreseen and what is appended have the same. */
function onceOn(decide: Decision['decide']): Decision['decide'] {
  let last: { readonly current: Insights | undefined; readonly facts: readonly Fact[] } | undefined;
  return (current) => {
    last = last && last.current === current ? last : { current, facts: decide(current) };
    return last.facts;
  };
}
