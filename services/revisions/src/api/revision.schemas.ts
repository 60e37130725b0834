import { defaultPageSize, maximumPageSize, openApiSchema, type JsonSchema } from '@harmony/api';
import {
  planEstimate,
  planSummary,
  revisionBadges,
  revisionInput,
  revisionOutcomes,
  revisionStages,
} from '@harmony/contracts';
import { z } from 'zod';
import { revisionActions } from '../domain/revision-state.js';
import { historyActions } from '../projections/history.js';

const time = z.iso.datetime();
const count = z.int().nonnegative();
const actor = z.object({ kind: z.enum(['USER', 'API_KEY', 'SYSTEM']), id: z.string(), name: z.string().nullable() });

const progress = z.object({
  ...{ planned: count, isPlanned: z.boolean(), completed: count, completedWithErrors: count, failed: count },
  ...{ skipped: count, remaining: count },
  ratePerMinute: z.number().nullable(),
  remainingMs: z.number().nullable(),
  usage: z.object({ calls: count, inputTokens: count, outputTokens: count, costMicros: count }),
});

const actual = z.object({
  ...{ calls: count, tokens: count, costMicros: count, durationMs: count },
  isAsEstimated: z.boolean().nullable(),
});

const historyEntry = z.object({
  ...{ action: z.enum(historyActions), at: time, by: actor },
  otherRevisionId: z.uuid().nullable(),
  replacedNewer: count.nullable(),
});

const revision = z.object({
  ...{ id: z.uuid(), projectId: z.uuid(), number: count, version: count },
  ...{ badge: z.enum(revisionBadges), outcome: z.enum(revisionOutcomes), stage: z.enum(revisionStages) },
  ...{ attempt: count, actions: z.array(z.enum(revisionActions)), requestedAt: time, requestedBy: actor },
  ...{ startedAt: time, endedAt: time.nullable(), liveAt: time.nullable() },
  input: revisionInput.nullable(),
  part: z.object({ ofRevisionId: z.uuid(), definitionIds: z.array(z.uuid()) }).nullable(),
  plan: planSummary.nullable(),
  estimate: planEstimate.nullable(),
  planFailureCode: z.string().nullable(),
  scopeChange: z.object({ previewedConversations: count, plannedConversations: count }).nullable(),
  ...{ progress, actual: actual.nullable(), history: z.array(historyEntry) },
});

export const revisionSchema: JsonSchema = openApiSchema(revision);

export const revisionPageSchema: JsonSchema = openApiSchema(
  z.object({
    edges: z.array(z.object({ cursor: z.string(), node: revision })),
    pageInfo: z.object({
      ...{ hasNextPage: z.boolean(), hasPreviousPage: z.boolean() },
      ...{ startCursor: z.string().nullable(), endCursor: z.string().nullable() },
    }),
  }),
);

/** Query of `GET /v1/projects/{id}/revisions`. */
export const revisionListQuery = z.strictObject({
  first: z.coerce.number().int().min(1).max(maximumPageSize).default(defaultPageSize).describe('Size of the page.'),
  after: z.string().optional().describe('endCursor of the page before.'),
});
