import type { EventOf, PlanSummary } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { remembered } from './history.js';

interface AboutRevision {
  readonly event: { readonly data: { readonly revisionId: string } };
}

const keys = ({ event: { data } }: AboutRevision): string[][] => [[data.revisionId]];

const requested = ({ event, revision }: PositionedEvent<EventOf<'RevisionRequested'>>): Row => {
  const { data, workspaceId, occurredAt, actor } = event;
  return {
    ...{ id: data.revisionId, workspace_id: workspaceId, project_id: data.projectId, number: data.number },
    ...{ input: data.input, part: data.part, previewed: data.previewed, definitions: data.definitions },
    ...{ requested_at: occurredAt, requested_by: { kind: actor.kind, id: actor.id }, started_at: occurredAt },
    ...{ outcome: 'PROCESSING', stage: 'DRAFT', attempt: 1, touched_at: revision, planned: 0, is_planned: false },
    history: remembered(undefined, event, 'REQUESTED'),
  };
};

/** From here on the plan counts, which names all conversations, whoever has been deleted meanwhile. */
const planned: RowFold<EventOf<'RevisionPlanned'>> = {
  keys,
  evolve: (row, { event: { data } }) => {
    if (!row) return undefined;
    // A further attempt plans again what failed; what the revision covers is what the first one said.
    if (row['plan']) return { ...row, is_planned: true };
    return {
      ...row,
      is_planned: true,
      planned: data.summary.conversations,
      plan: data.summary,
      estimate: data.estimate,
    };
  },
};

/** While it is being planned. Where the first plan has failed, another attempt names some conversations once more. */
const batched: RowFold<EventOf<'RevisionBatchPlanned'>> = {
  keys,
  evolve: (row, { event: { data } }) => {
    if (!row || row['plan']) return row;
    const { conversations, plannedBefore = 0 } = data;
    return { ...row, planned: Number(row['planned']) + conversations.length - plannedBefore };
  },
};

/** One that comes late says nothing of the attempt that is under way. */
const planFailed: RowFold<EventOf<'RevisionPlanFailed'>> = {
  keys,
  evolve: (row, { event: { data } }) =>
    row && (data.attempt ?? row['attempt']) === row['attempt'] ? { ...row, plan_failure: data.code } : row,
};

const completed: RowFold<EventOf<'RevisionCompleted'>> = {
  keys,
  evolve: (row, { event, revision }) => {
    const { outcome, counts, usage } = event.data;
    const history = remembered(row, event, 'COMPLETED');
    return row && { ...row, outcome, counts, usage, ended_at: event.occurredAt, touched_at: revision, history };
  },
};

const retried: RowFold<EventOf<'RevisionRetried'>> = {
  keys,
  evolve: (row, { event, revision }) =>
    row && {
      ...row,
      ...{ outcome: 'PROCESSING', attempt: event.data.attempt, started_at: event.occurredAt, touched_at: revision },
      ...{ is_planned: false, plan_failure: null, ended_at: null, counts: null, usage: null },
      planned: row['plan'] ? (row['plan'] as PlanSummary).conversations : row['planned'],
      history: remembered(row, event, 'RETRIED'),
    },
};

const madeLive: RowFold<EventOf<'RevisionMadeLive'>> = {
  keys: ({ event: { data } }) =>
    [data.revisionId, data.supersededRevisionId].flatMap((id) => (id === null ? [] : [[id]])),
  evolve: (row, { event, revision }, [id]) => {
    if (!row) return undefined;
    const { revisionId, supersededRevisionId, replacedNewer } = event.data;
    if (id !== revisionId) {
      const history = remembered(row, event, 'SUPERSEDED', { otherRevisionId: revisionId });
      return { ...row, stage: 'SUPERSEDED', touched_at: revision, history };
    }
    const more = {
      ...(supersededRevisionId !== null && { otherRevisionId: supersededRevisionId }),
      ...(replacedNewer !== undefined && { replacedNewer }),
    };
    const history = remembered(row, event, 'MADE_LIVE', more);
    return { ...row, stage: 'LIVE', live_at: event.occurredAt, digest: null, touched_at: revision, history };
  },
};

/** The one before it counts from when it was made live, as if nothing had been between; its digest is said anew. */
const rolledBack: RowFold<EventOf<'RevisionRolledBack'>> = {
  keys: ({ event: { data } }) =>
    [data.revisionId, data.restoredRevisionId].flatMap((id) => (id === null ? [] : [[id]])),
  evolve: (row, { event, revision }, [id]) => {
    if (!row) return undefined;
    const { revisionId, restoredRevisionId } = event.data;
    if (id === revisionId) {
      const more = restoredRevisionId === null ? {} : { otherRevisionId: restoredRevisionId };
      const history = remembered(row, event, 'ROLLED_BACK', more);
      return { ...row, stage: 'SUPERSEDED', touched_at: revision, history };
    }
    const history = remembered(row, event, 'RESTORED', { otherRevisionId: revisionId });
    return { ...row, stage: 'LIVE', digest: null, touched_at: revision, history };
  },
};

/** Revisions with their plans, how they ended, and who did what to them. */
export const revisionsTable: ProjectedTable = {
  name: 'revisions',
  key: ['id'],
  columns: {
    id: 'uuid not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    number: 'integer not null',
    /** Null for a part of another revision. */
    input: 'jsonb',
    part: 'jsonb',
    previewed: 'jsonb',
    definitions: 'jsonb not null',
    requested_at: 'timestamptz not null',
    requested_by: 'jsonb not null',
    /** Of the attempt. */
    started_at: 'timestamptz not null',
    ended_at: 'timestamptz',
    outcome: 'text not null',
    stage: 'text not null',
    attempt: 'integer not null',
    /** Place in the project's stream of the last event about it. */
    touched_at: 'integer not null',
    /** Conversations that it covers, those that were deleted included. */
    planned: 'integer not null',
    /** Whether the plan of the attempt is complete. */
    is_planned: 'boolean not null',
    plan: 'jsonb',
    estimate: 'jsonb',
    /** Why it could not be planned. */
    plan_failure: 'text',
    /** Once it has ended. */
    counts: 'jsonb',
    usage: 'jsonb',
    live_at: 'timestamptz',
    /** Of what it had found when it was put in force last: `sha256`, `conversations`, `results`; null until it is said. */
    digest: 'jsonb',
    history: 'jsonb not null',
  },
  indexes: ['(workspace_id, project_id, number desc)'],
  on: {
    RevisionRequested: { keys, becomes: (at) => requested(at) },
    RevisionBatchPlanned: batched,
    RevisionPlanned: planned,
    RevisionPlanFailed: planFailed,
    RevisionCompleted: completed,
    RevisionCancelled: {
      keys,
      evolve: (row, { event, revision }) => {
        const history = remembered(row, event, 'CANCELLED');
        return row && { ...row, outcome: 'CANCELLED', ended_at: event.occurredAt, touched_at: revision, history };
      },
    },
    RevisionRetried: retried,
    RevisionAttributionRequested: {
      keys,
      evolve: (row, { event }) => row && { ...row, history: remembered(row, event, 'ATTRIBUTION_REQUESTED') },
    },
    RevisionPublished: {
      keys,
      evolve: (row, { event, revision }) => {
        const history = remembered(row, event, 'PUBLISHED');
        return row && { ...row, stage: 'PUBLISHED', touched_at: revision, history };
      },
    },
    RevisionMadeLive: madeLive,
    RevisionRolledBack: rolledBack,
    RevisionDigested: {
      keys,
      evolve: (row, { event: { data } }) => {
        const { sha256, conversations, results } = data;
        return row && { ...row, digest: { sha256, conversations, results } };
      },
    },
  },
};
