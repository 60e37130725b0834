import { z } from 'zod';
import type { HarmonyEvent } from './events/registry.js';
import { eventCatalogue } from './events/registry.js';

/** Media type of a message on Kafka: CloudEvents 1.0, JSON format, structured mode. */
export const cloudEventContentType = 'application/cloudevents+json; charset=UTF-8';

/** `type` of a CloudEvent is the event's type behind this prefix. */
export const cloudEventTypePrefix = 'harmony.';

/**
 * The envelope of a message on Kafka. Core attributes follow CloudEvents 1.0; the lower-case names after `data`
 * are extension attributes. `subject` with `streamrevision` names the event in the log, where its whole data lies.
 */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid().describe('Id of the event; a repeated message has the same one.'),
  source: z.string().min(1).describe('The workspace, as a URI reference.'),
  type: z.string().startsWith(cloudEventTypePrefix).describe('Type of the event.'),
  subject: z.string().min(1).describe('Stream of the event, also the key of the message.'),
  time: z.iso.datetime().describe('When it happened, ISO 8601, UTC.'),
  datacontenttype: z.literal('application/json'),
  data: z
    .unknown()
    .optional()
    .describe('Facts, ids and links. Absent where the relay is older than the type or version of the event.'),
  workspaceid: z.uuid(),
  eventversion: z.int().positive().describe('Version of the schema of `data`.'),
  streamrevision: z.int().nonnegative().describe('0 for the first event of the stream, without gaps.'),
  logposition: z.string().min(1).describe('Position in the whole log; grows within a stream.'),
  correlationid: z.string().min(1),
  causationid: z.string().min(1),
});

export type CloudEvent = z.output<typeof cloudEventSchema>;

/** What integrators may see of an event's data: facts, ids and links, never the words of a conversation. */
export function publicDataOf(event: HarmonyEvent): unknown {
  const publicData = eventCatalogue[event.type]?.publicData;
  return publicData ? publicData(event.data) : event.data;
}
