import type { EventOf, RunCounts } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { charged, plannedRerun, repeated, type Rerun, type Reruns, type RerunState } from './rerun.js';

interface AboutConversation {
  readonly event: { readonly data: { readonly conversationId: string } };
}

const keys = ({ event: { data } }: AboutConversation): string[][] => [[data.conversationId]];

const forgotten: RowFold<EventOf<'ConversationDeleted' | 'ConversationErased' | 'InsightsErased'>> = {
  keys,
  evolve: () => undefined,
};

const submitted = ({ event: { data, workspaceId } }: PositionedEvent<EventOf<'ConversationSubmitted'>>): Row => ({
  ...{ conversation_id: data.conversationId, workspace_id: workspaceId, team_id: data.teamId },
  ...{ owner_id: data.ownerId, created_by: data.createdBy, revision_ids: [], reruns: {} },
});

const rerunsOf = (row: Row): Reruns => row['reruns'] as Reruns;

/** The row with how it stands in one revision now; what belongs to another run of it came too late. */
function changed(row: Row | undefined, about: RunOfRevision, change: (rerun: Rerun) => Rerun): Row | undefined {
  if (!row) return undefined;
  const rerun = about.revisionId === null ? undefined : rerunsOf(row)[about.revisionId];
  if (!rerun || about.revisionId === null || rerun.runId !== about.runId) return row;
  return { ...row, reruns: { ...rerunsOf(row), [about.revisionId]: change(rerun) } };
}

interface RunOfRevision {
  readonly revisionId: string | null;
  readonly runId: string;
}

/** Whoever was deleted before is not in it any more. */
const batched: RowFold<EventOf<'RevisionBatchPlanned'>> = {
  keys: ({ event: { data } }) => data.conversations.map(({ conversationId }) => [conversationId]),
  evolve: (row, { event: { data } }, [conversationId]) => {
    const planned = data.conversations.find((one) => one.conversationId === conversationId);
    if (!row || !planned) return row;
    const { revisionId, attempt } = data;
    const {
      runId,
      repeated: { length: toRepeat },
    } = planned;
    const before = rerunsOf(row)[revisionId];
    const ids = row['revision_ids'] as readonly string[];
    return {
      ...row,
      revision_ids: before ? ids : [...ids, revisionId],
      reruns: { ...rerunsOf(row), [revisionId]: plannedRerun(before, { attempt, runId, toRepeat }) },
    };
  },
};

const runStarted: RowFold<EventOf<'InsightsRunStarted'>> = {
  keys,
  evolve: (row, { event: { data, occurredAt }, position }) => {
    const [major, minor] = [Number(position.major), Number(position.minor)];
    if (data.kind === 'PIPELINE') {
      return row && { ...row, ordinary_at: occurredAt, ordinary_major: major, ordinary_minor: minor };
    }
    return changed(row, data, (rerun) => ({ startedAt: [major, minor], ...rerun, state: 'RUNNING' }));
  },
};

/** A conversation of which nothing could be answered has failed as a whole. */
function stateAfter({ answered, notDiscussed, failed }: RunCounts): RerunState {
  if (failed === 0) return 'COMPLETED';
  return answered + notDiscussed === 0 ? 'FAILED' : 'COMPLETED_WITH_ERRORS';
}

/** Whose a conversation is, its latest ordinary run, and how it stands in each revision that covers it. */
export const conversations: ProjectedTable = {
  name: 'conversations',
  key: ['conversation_id'],
  columns: {
    conversation_id: 'uuid not null',
    workspace_id: 'uuid not null',
    team_id: 'uuid',
    owner_id: 'uuid not null',
    created_by: 'uuid not null',
    /** When its latest ordinary run started, and where in the log; null where none has. */
    ordinary_at: 'timestamptz',
    ordinary_major: 'bigint',
    ordinary_minor: 'bigint',
    revision_ids: 'uuid[] not null',
    /** See `Reruns`. One row a conversation: a deletion names the conversation, and takes away all of it. */
    reruns: 'jsonb not null',
  },
  indexes: ['using gin (revision_ids)'],
  on: {
    ConversationSubmitted: { keys, becomes: (at) => submitted(at) },
    ConversationChanged: {
      keys,
      evolve: (row, { event: { data } }) =>
        row && {
          ...row,
          ...(data.teamId !== undefined && { team_id: data.teamId }),
          ...(data.ownerId !== undefined && { owner_id: data.ownerId }),
        },
    },
    RevisionBatchPlanned: batched,
    RerunExtractionRecorded: {
      keys,
      evolve: (row, { event: { data } }) => changed(row, data, (rerun) => charged(rerun, data.usage)),
    },
    RerunStageFailed: {
      keys,
      evolve: (row, { event: { data } }) =>
        changed(row, data, (rerun) => ({ ...charged(rerun, data.usage), state: 'FAILED', code: data.code })),
    },
    InsightsRunStarted: runStarted,
    InsightsRunFailed: {
      keys,
      evolve: (row, { event: { data } }) =>
        changed(row, data, (rerun) => ({ ...rerun, state: 'FAILED', code: data.code })),
    },
    InsightsRunCompleted: {
      keys,
      evolve: (row, { event: { data } }) =>
        changed(row, data, (rerun) => ({ ...charged(rerun, data.usage), state: stateAfter(data.counts) })),
    },
    InsightRepeated: {
      keys,
      evolve: (row, { event: { data } }) => changed(row, data, (rerun) => repeated(charged(rerun, data.usage))),
    },
    InsightNotRepeated: { keys, evolve: (row, { event: { data } }) => changed(row, data, repeated) },
    ConversationDeleted: forgotten,
    ConversationErased: forgotten,
    InsightsErased: forgotten,
  },
};
