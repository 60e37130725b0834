import { defaultPageSize, maximumPageSize, openApiSchema } from '@harmony/api';
import { conversationSources, conversationStatuses, media, pipelineStages } from '@harmony/contracts';
import { z } from 'zod';
import { conversationFilterSchema } from '../read-model/conversation-filter.js';
import { submissionSchema } from '../submit-conversation/submission.js';

/** A query parameter that may be given several times. */
const repeated = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(item).max(50).optional());

const pageQuery = {
  first: z.coerce.number().int().min(1).max(maximumPageSize).default(defaultPageSize).describe('Size of the page.'),
  after: z.string().optional().describe('endCursor of the page before.'),
};

const { status, tags, incomplete, stuck } = conversationFilterSchema.shape;

const flag = (description = '') =>
  z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .optional()
    .describe(description);

/** Query of `GET /v1/conversations`. */
export const listQuerySchema = conversationFilterSchema.extend({
  status: repeated(z.enum(conversationStatuses)).describe(status.description ?? ''),
  tags: repeated(z.string()).describe(tags.description ?? ''),
  incomplete: flag(incomplete.description),
  stuck: flag(stuck.description),
  ...pageQuery,
});

/** Query of `GET /v1/conversations/{id}/transcript`. */
export const transcriptQuerySchema = z.strictObject({
  ...pageQuery,
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe('Of the transcript, as results name it; absent: the conversation’s own, latest one.'),
});

const instant = z.iso.datetime();
const links = z.object({ self: z.string(), transcript: z.string() });

const speaker = z.object({
  code: z.string().describe('A to Z, then AA, AB, by order of appearance.'),
  name: z
    .string()
    .describe('Of whom they are matched to, else as the transcript names them; "User" when nothing does.'),
  match: z
    .object({ kind: z.enum(['CONTACT', 'USER', 'NAME']), id: z.uuid().nullable() })
    .nullable()
    .describe('Whom somebody said that they are.'),
  words: z.int(),
  turns: z.int(),
  wordShare: z.number().describe('Part of all words, 0 to 1.'),
});

/** A conversation as REST shows it. */
export const conversationSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  status: z.enum(conversationStatuses),
  stuck: z.boolean().describe('True when no stage has moved it for 30 minutes.'),
  medium: z.enum(media),
  source: z.enum(conversationSources),
  teamId: z.uuid().nullable(),
  contactId: z.uuid().nullable(),
  ownerId: z.uuid(),
  createdBy: z.uuid(),
  tags: z.array(z.string()),
  customFields: z.record(z.string(), z.unknown()),
  startedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  statusChangedAt: instant,
  turnCount: z.int().nullable().describe('Null until there is a transcript.'),
  wordCount: z.int().nullable().describe('Null until there is a transcript.'),
  speakers: z.array(speaker),
  recording: z
    .object({
      durationMs: z.int().describe('Of the sound itself, whatever its file claims.'),
      channels: z.int().describe('Of the recording as it was received.'),
      mediaType: z.string().describe('Of what is played.'),
      url: z.string().describe('Takes HTTP ranges.'),
      peaksUrl: z.string().describe('Data for a waveform.'),
    })
    .nullable()
    .describe('Null for a conversation of text, and until it can be played.'),
  stages: z
    .array(
      z.object({
        stage: z.enum(pipelineStages),
        attempt: z.int().describe('Counts from 1, over retries too.'),
        startedAt: instant,
        durationMs: z.int().nullable().describe('Null while it runs.'),
        code: z.string().nullable().describe('A stable error code, where it failed.'),
      }),
    )
    .describe('Every try of every stage, in order; the latest 50.'),
  failure: z.object({ stage: z.enum(pipelineStages), code: z.string() }).nullable(),
  revision: z.int().describe('Grows with everything that happens to it; `If-Match` takes it in quotes.'),
  links,
});

export const submittedSchema = z.object({ id: z.uuid(), status: z.enum(conversationStatuses), links });

const turn = z.object({
  index: z.int().describe('Counts from 0.'),
  speakerCode: z.string(),
  speakerName: z.string(),
  text: z.string(),
  startMs: z.int().nullable().describe('Milliseconds from the start, where the text states them.'),
  endMs: z.int().nullable(),
});

const connectionOf = (node: z.ZodType) =>
  z.object({
    edges: z.array(z.object({ cursor: z.string(), node })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      hasPreviousPage: z.boolean(),
      startCursor: z.string().nullable(),
      endCursor: z.string().nullable(),
    }),
  });

export const conversationListSchema = connectionOf(conversationSchema);
export const transcriptSchema = connectionOf(turn);

/** Body of `POST /v1/conversations`; the text is required, and its absence has an error code of its own. */
export const submissionBody = { ...openApiSchema(submissionSchema, 'input'), required: ['text'] };
