import { z } from 'zod';
import { eligibility, verdicts } from '../../insights/criterion.js';
import { analystOrigin, finding, usage } from '../../insights/result.js';
import { goalEvaluation, scorecardEvaluation } from '../../insights/rule.js';
import { runKinds } from '../../insights/shared.js';
import { answerInputDigests } from '../../revisions/shared.js';
import { defineEvent } from '../definition.js';
import { besideRevisionsEvents } from './beside-revisions.js';
import {
  cell,
  code,
  conversationId,
  durationMs,
  identity,
  offset,
  projectId,
  publicCell,
  runId,
  version,
} from './shared.js';

const counts = z.object({
  answered: z.int().nonnegative(),
  notDiscussed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Those of the answered and the not discussed ones that were used again. */
  carriedOver: z.int().nonnegative(),
  dropped: z.int().nonnegative(),
});
export type RunCounts = z.output<typeof counts>;

/** Results, goals and scores of one conversation, each tagged with the run that brought it. */
export const insightsEvents = {
  /** What a model said about a criterion of a project; used again while its identity stays. */
  CriterionJudged: defineEvent({
    type: 'CriterionJudged',
    schema: z.object({
      ...{ conversationId, runId, projectId, criterionId: z.uuid(), criterionVersion: version, identity },
      verdict: z.enum(verdicts),
      /** Null when the analyst failed. */
      finding: finding.nullable(),
      ...{ origin: analystOrigin, usage, durationMs },
    }),
    publicSchema: z.object({
      ...{ conversationId, runId, projectId, criterionId: z.uuid(), verdict: z.enum(verdicts) },
    }),
    publicData: ({ conversationId: id, runId: run, projectId: project, criterionId, verdict }) => ({
      conversationId: id,
      runId: run,
      projectId: project,
      criterionId,
      verdict,
    }),
  }),
  /** The cells of a run, with the versions that it answers, whatever is edited meanwhile. */
  InsightsRunStarted: defineEvent({
    type: 'InsightsRunStarted',
    schema: z.object({
      ...{ conversationId, runId, kind: z.enum(runKinds), revisionId: z.uuid().nullable() },
      ...{ transcriptVersion: version, extractionVersion: version },
      eligibility: z.array(eligibility),
      cells: z.array(
        z.object({
          ...{ projectId, definitionId: z.uuid(), definitionVersion: version },
          /**
           * Where the answer was given that holds here too, so that nothing is asked: the finding stays there. Absent for
           * a cell that is still to be settled.
           */
          carriedFrom: z.object({ runId, definitionId: z.uuid() }).optional(),
        }),
      ),
      /** Revisions of the streams that questions are asked by; absent: by what holds when they are asked. */
      frozen: z.object({ projectRevision: offset, analysisRevision: offset.nullable() }).optional(),
      /** Nothing is carried over but from other runs of the same revision. */
      isForced: z.literal(true).optional(),
    }),
    publicSchema: z.object({
      ...{ conversationId, runId, kind: z.enum(runKinds), revisionId: z.uuid().nullable() },
      cellCount: z.int().nonnegative(),
      /** Those of the cells that are settled as it starts, by answers of earlier runs: no other message speaks of them. */
      carriedOver: z.array(z.uuid()).optional(),
    }),
    publicData: ({ conversationId: id, runId: run, kind, revisionId, cells }) => {
      const carriedOver = cells.filter(({ carriedFrom }) => carriedFrom).map(({ definitionId }) => definitionId);
      return {
        ...{ conversationId: id, runId: run, kind, revisionId, cellCount: cells.length },
        ...(carriedOver.length > 0 && { carriedOver }),
      };
    },
  }),
  InsightRecorded: defineEvent({
    type: 'InsightRecorded',
    schema: z.object({
      ...cell,
      resultId: z.uuid(),
      identity,
      /** Absent in results of before they were kept. */
      inputs: answerInputDigests.optional(),
      finding,
      ...{ origin: analystOrigin, usage, durationMs },
    }),
    publicSchema: publicCell,
    publicData: (data) => cellOf(data),
  }),
  /** When its turn came, a result of an earlier run with the same identity was there; nothing was asked. */
  InsightCarriedOver: defineEvent({
    type: 'InsightCarriedOver',
    schema: z.object({
      ...cell,
      /** Of the earlier result. */
      resultId: z.uuid(),
      identity,
      inputs: answerInputDigests.optional(),
      fromRunId: runId,
      finding,
      origin: analystOrigin,
    }),
    publicSchema: publicCell,
    publicData: (data) => cellOf(data),
  }),
  InsightFailed: defineEvent({
    type: 'InsightFailed',
    schema: z.object({
      ...cell,
      resultId: z.uuid(),
      identity: identity.nullable(),
      code,
      origin: analystOrigin,
      usage,
      durationMs,
    }),
    publicSchema: z.object({ ...cell, resultId: z.uuid(), code }),
    publicData: (data) => ({ ...cellOf(data), code: data.code }),
  }),
  /** The definition or its project was removed before its turn came. */
  InsightDropped: defineEvent({
    type: 'InsightDropped',
    schema: z.object({ ...cell, reason: z.enum(['DEFINITION_REMOVED', 'PROJECT_DELETED', 'CANCELLED']) }),
  }),
  ...besideRevisionsEvents,
  /** By the rules that the project had then; the latest of a run and project holds. */
  ScoresEvaluated: defineEvent({
    type: 'ScoresEvaluated',
    schema: z.object({
      ...{ conversationId, runId, projectId },
      /** Revision of the project's stream that the rules were read at. */
      rulesRevision: z.int().nonnegative(),
      goals: z.array(goalEvaluation),
      scorecards: z.array(scorecardEvaluation),
    }),
  }),
  InsightsRunCompleted: defineEvent({
    type: 'InsightsRunCompleted',
    schema: z.object({
      ...{ conversationId, runId, kind: z.enum(runKinds), revisionId: z.uuid().nullable(), counts },
      /** What its answers and failures took together, and its criteria; absent for nothing. */
      usage: usage.optional(),
    }),
  }),
  /** It could not even be said what is to be asked; the run never started. */
  InsightsRunFailed: defineEvent({
    type: 'InsightsRunFailed',
    schema: z.object({ conversationId, runId, kind: z.enum(runKinds), revisionId: z.uuid().nullable(), code }),
  }),
  /** The conversation was deleted; names what a lagging read model may still hold. In the stream of its tombstone. */
  InsightsErased: defineEvent({
    type: 'InsightsErased',
    schema: z.object({
      conversationId,
      runs: z.array(z.object({ runId, projectIds: z.array(projectId) })),
      results: z.array(z.object({ runId, definitionId: z.uuid() })),
      criteria: z.array(z.object({ runId, criterionId: z.uuid() })),
      /** What the conversation had cost by then, by the hour (UTC) in which it was spent; stays counted. */
      spending: z.array(
        z.object({
          projectId,
          /** Of the definition, or of the criterion. */
          subjectId: z.uuid(),
          hour: z.iso.datetime(),
          usage,
        }),
      ),
      /** The same for what belongs to no project; absent for nothing. */
      stageSpending: z
        .array(
          z.object({
            stage: z.enum(['EXTRACTION', 'TRANSCRIPTION']),
            ...{ hour: z.iso.datetime(), usage, transcribedMs: z.int().nonnegative() },
            /** How long its recording is; absent in tombstones of before it was kept. */
            recordingMs: z.int().nonnegative().optional(),
          }),
        )
        .optional(),
      /** Which definitions were answered for it, by the hour (UTC); absent for nothing. */
      answered: z.array(z.object({ projectId, hour: z.iso.datetime(), definitionIds: z.array(z.uuid()) })).optional(),
    }),
    publicSchema: z.object({ conversationId }),
    publicData: ({ conversationId: id }) => ({ conversationId: id }),
  }),
} as const;

const cellOf = (data: z.output<typeof publicCell>): z.output<typeof publicCell> => ({
  conversationId: data.conversationId,
  runId: data.runId,
  projectId: data.projectId,
  definitionId: data.definitionId,
  definitionVersion: data.definitionVersion,
  resultId: data.resultId,
});
