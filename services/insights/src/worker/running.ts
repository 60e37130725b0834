import type { Provider, Type } from '@nestjs/common';
import { AnnounceAnalyst } from '../analyst/announce-analyst.js';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { AnswerCells } from '../answer-definition/answer-cells.js';
import { AnswerDefinitionJob } from '../answer-definition/answer-definition.job.js';
import { AnswerRunJob } from '../answer-definition/answer-run.job.js';
import { AnswerRuns } from '../answer-definition/answer-runs.js';
import { OpenCells } from '../answer-definition/open-cells.js';
import { StartAnswered } from '../answer-definition/start-answered.js';
import { CompleteRuns } from '../complete-run/complete-runs.js';
import { EvaluateScoresJob } from '../complete-run/evaluate-scores.job.js';
import { Conversations } from '../conversations/conversations.js';
import { JudgedCriteria } from '../eligibility/judged-criteria.js';
import { EraseInsightsJob } from '../erase/erase-insights.job.js';
import { Replies } from '../journal/replies.js';
import { AskCriterion } from '../plan-run/ask-criterion.js';
import { PlanRunJob } from '../plan-run/plan-run.job.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Projects, Settings } from '../streams/projects.js';
import { Budget } from '../usage/budget.js';
import { KeptUsage } from '../usage/kept-usage.js';
import { PauseInsights } from '../usage/pause-insights.js';
import { ResumeInsightsJob } from '../usage/resume-insights.job.js';
import { WaitingJobs } from '../usage/waiting-jobs.js';
import { AttributableChanges } from '../revisions/attribute/attributable-changes.js';
import { AttributeChangeJob } from '../revisions/attribute/attribute-change.job.js';
import { AttributeChangesConsumer } from '../revisions/attribute/attribute-changes.consumer.js';
import { DrawChangesJob } from '../revisions/attribute/draw-changes.job.js';
import { PastInquiries } from '../revisions/attribute/past-inquiries.js';
import { DigestRevisionConsumer } from '../revisions/digest/digest-revision.consumer.js';
import { DigestRevisionJob } from '../revisions/digest/digest-revision.job.js';
import { PublishedDigests } from '../revisions/digest/published-digests.js';
import { PartOfRevision } from '../revisions/run/part-of-revision.js';
import { RepeatCellJob } from '../revisions/run/repeat-cell.job.js';
import { RepeatableCells } from '../revisions/run/repeatable-cells.js';
import { RevisionRunsConsumer } from '../revisions/run/revision-runs.consumer.js';
import { RevisionPlans, Revisions } from '../revisions/run/revisions.js';
import { RunBatchJob } from '../revisions/run/run-batch.job.js';
import { RunRevisionJob } from '../revisions/run/run-revision.job.js';
import { StartRevisionRun } from '../revisions/run/start-revision-run.js';
import { PlanRevisionConsumer } from '../revisions/plan/plan-revision.consumer.js';
import { planWorkers } from '../revisions/plan/plan-workers.js';
import { InsightsConsumer } from './insights.consumer.js';
import { RulesConsumer } from './rules.consumer.js';

/** What runs definitions over conversations. It needs the analyst, `AnalysisStreams` and the backends beside it. */
export const runWorkers: Provider[] = [
  ...[Conversations, Projects, Settings, InsightsStreams, CompleteRuns, AskAnalyst, AnnounceAnalyst, Replies],
  ...[Budget, WaitingJobs, PauseInsights, KeptUsage, JudgedCriteria, AskCriterion, OpenCells, AnswerCells, AnswerRuns],
  StartAnswered,
  ...[PlanRunJob, AnswerDefinitionJob, AnswerRunJob, ResumeInsightsJob, EraseInsightsJob, EvaluateScoresJob],
  ...[
    Revisions,
    RevisionPlans,
    StartRevisionRun,
    PartOfRevision,
    RepeatableCells,
    RunRevisionJob,
    RunBatchJob,
    RepeatCellJob,
  ],
  ...[PublishedDigests, DigestRevisionJob, PastInquiries, AttributableChanges, DrawChangesJob, AttributeChangeJob],
  ...planWorkers,
];

export const runConsumers: Type<unknown>[] = [
  InsightsConsumer,
  RulesConsumer,
  PlanRevisionConsumer,
  RevisionRunsConsumer,
  DigestRevisionConsumer,
  AttributeChangesConsumer,
];
