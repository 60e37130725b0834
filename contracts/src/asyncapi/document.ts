import { z } from 'zod';
import { cloudEventSchema, cloudEventTypePrefix } from '../cloud-event.js';
import { analysisEvents } from '../events/analysis/definitions.js';
import { contactEvents } from '../events/contact/definitions.js';
import { conversationEvents } from '../events/conversation/definitions.js';
import type { EventDefinition } from '../events/definition.js';
import { exportEvents } from '../events/export/definitions.js';
import { insightsEvents } from '../events/insights/definitions.js';
import { pinEvents } from '../events/pin/definitions.js';
import { projectEvents } from '../events/project/definitions.js';
import { revisionEvents } from '../events/revision/definitions.js';
import { workspaceEvents } from '../events/workspace/definitions.js';
import { topics } from '../topics.js';

type Area = keyof typeof topics;
type Definition = Pick<EventDefinition, 'type' | 'versions' | 'publicSchema'>;
type Document = Record<string, unknown>;

const definitions: Readonly<Record<Area, readonly Definition[]>> = {
  workspace: Object.values(workspaceEvents),
  contact: Object.values(contactEvents),
  conversation: Object.values(conversationEvents),
  project: Object.values(projectEvents),
  insights: Object.values(insightsEvents),
  analysis: Object.values(analysisEvents),
  revision: Object.values(revisionEvents),
  export: Object.values(exportEvents),
  pin: Object.values(pinEvents),
};

const areas = Object.keys(topics) as Area[];

const description = [
  'Facts that Harmony publishes to Kafka, as CloudEvents 1.0 in JSON.',
  'Delivery is at least once: a repeated message has the same id.',
  'The key is the stream, so order is kept per conversation, project, contact and workspace.',
  'Messages carry ids and facts, never the words of a conversation; those are read from the API.',
].join(' ');

/** The topics and messages that integrators can read, as an AsyncAPI 3.0 document. */
export const asyncApiDocument = (): Document => ({
  asyncapi: '3.0.0',
  info: { title: 'Harmony events', version: '1.0.0', description, license: { name: 'Apache-2.0' } },
  defaultContentType: 'application/cloudevents+json',
  channels: Object.fromEntries(areas.map((area) => [area, channel(area)])),
  operations: Object.fromEntries(areas.map((area) => [`publish-${area}-events`, operation(area)])),
  components: {
    messages: Object.fromEntries(
      areas.flatMap((area) => definitions[area].map((one) => [one.type, message(one)] as const)),
    ),
    schemas: { CloudEvent: jsonSchema(cloudEventSchema) },
  },
});

const channel = (area: Area): Document => ({
  address: topics[area],
  description: `What happens to a ${area}. Where the installation has a topic prefix, it stands in front of the name.`,
  messages: Object.fromEntries(definitions[area].map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
});

const operation = (area: Area): Document => ({
  action: 'send',
  channel: { $ref: `#/channels/${area}` },
  messages: definitions[area].map(({ type }) => ({ $ref: `#/channels/${area}/messages/${type}` })),
});

function message({ type, versions, publicSchema }: Definition): Document {
  const data = publicSchema ?? versions.at(-1)?.schema ?? z.unknown();
  const properties = {
    type: { const: `${cloudEventTypePrefix}${type}` },
    eventversion: { const: versions.length },
    data: jsonSchema(data),
  };
  return {
    name: type,
    contentType: 'application/cloudevents+json',
    bindings: { kafka: { key: { type: 'string', description: 'The stream, as in `subject`.' } } },
    payload: { allOf: [{ $ref: '#/components/schemas/CloudEvent' }, { type: 'object', properties }] },
  };
}

/**
 * AsyncAPI 3.0 reads JSON Schema draft 7. Read as input, objects stay open for what later versions add.
 * What only repeats the format or the limits of the language is left out.
 */
function jsonSchema(schema: z.ZodType): Document {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema: one }) => {
      if (one.format) delete one.pattern;
      if (one.maximum === Number.MAX_SAFE_INTEGER) delete one.maximum;
    },
  });
  return rest;
}
