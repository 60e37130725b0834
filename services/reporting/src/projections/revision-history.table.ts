import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';

type Deed = EventOf<
  | 'RevisionRequested'
  | 'RevisionCompleted'
  | 'RevisionPlanFailed'
  | 'RevisionCancelled'
  | 'RevisionRetried'
  | 'RevisionAttributionRequested'
  | 'RevisionPublished'
  | 'RevisionMadeLive'
  | 'RevisionRolledBack'
  | 'RevisionDigested'
>;

const rowOf = ({ event, position }: PositionedEvent<Deed>, action: string, more: Row): Row => ({
  ...{ event_id: event.id, workspace_id: event.workspaceId, project_id: event.data.projectId },
  ...{ revision_id: event.data.revisionId, action, happened_at: event.occurredAt },
  ...{ actor_kind: event.actor.kind, actor_id: event.actor.id },
  ...{ replaced_revision_id: null, replaced_newer: null, restored_revision_id: null, facts: null, ...more },
  ...{ major: Number(position.major), minor: Number(position.minor) },
});

const told = <Event extends Deed>(action: string, more: (data: Event['data']) => Row = () => ({})): RowFold<Event> => ({
  keys: ({ event }) => [[event.id]],
  becomes: (at) => rowOf(at, action, more(at.event.data)),
});

/** Everything that was done to revisions, a row each: nothing of it ever changes (B10). */
export const revisionHistory: ProjectedTable = {
  name: 'revision_history',
  key: ['event_id'],
  columns: {
    event_id: 'text not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    revision_id: 'uuid not null',
    action: 'text not null',
    happened_at: 'timestamptz not null',
    actor_kind: 'text not null',
    actor_id: 'text not null',
    /** Of MADE_LIVE: the one that was live before; null for none. */
    replaced_revision_id: 'uuid',
    /** Of MADE_LIVE: conversations whose newer results were replaced, as somebody confirmed; null for none. */
    replaced_newer: 'integer',
    /** Of ROLLED_BACK: the one that is live again; null for none. */
    restored_revision_id: 'uuid',
    /** What else is to be said: input, outcome and counts, digest. */
    facts: 'jsonb',
    major: 'bigint not null',
    minor: 'bigint not null',
  },
  indexes: ['(project_id, major, minor)'],
  on: {
    RevisionRequested: told('REQUESTED', ({ number, input, part, definitions }) => ({
      facts: { number, input, part, definitions },
    })),
    RevisionCompleted: told('COMPLETED', ({ outcome, counts, usage, attempt }) => ({
      facts: { outcome, counts, usage, attempt },
    })),
    RevisionPlanFailed: told('PLAN_FAILED', ({ code, attempt = null }) => ({ facts: { code, attempt } })),
    RevisionCancelled: told('CANCELLED'),
    RevisionRetried: told('RETRIED', ({ attempt }) => ({ facts: { attempt } })),
    RevisionAttributionRequested: told('ATTRIBUTION_REQUESTED', ({ sample }) => ({ facts: { sample } })),
    RevisionPublished: told('PUBLISHED'),
    RevisionMadeLive: told('MADE_LIVE', ({ supersededRevisionId, replacedNewer = null }) => ({
      ...{ replaced_revision_id: supersededRevisionId, replaced_newer: replacedNewer },
    })),
    RevisionRolledBack: told('ROLLED_BACK', ({ restoredRevisionId }) => ({ restored_revision_id: restoredRevisionId })),
    RevisionDigested: told('DIGESTED', ({ sha256, conversations, results, madeLive }) => ({
      facts: { sha256, conversations, results, madeLive },
    })),
  },
};
