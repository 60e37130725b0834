/**
 * Kafka topics for integrators. The number at the end changes only with an incompatible envelope.
 * The key of every message is the stream id, so order is kept per conversation, project, contact and workspace.
 */
export const topics = {
  workspace: 'harmony.workspace.1',
  contact: 'harmony.contact.1',
  conversation: 'harmony.conversation.1',
  project: 'harmony.project.1',
  insights: 'harmony.insights.1',
  analysis: 'harmony.analysis.1',
  revision: 'harmony.revision.1',
  export: 'harmony.export.1',
  pin: 'harmony.pin.1',
} as const;

export type Topic = (typeof topics)[keyof typeof topics];

const topicOfArea: Readonly<Record<string, Topic>> = { ...topics, tombstone: topics.conversation };

/** The topic that a stream's events are relayed to, by the area before the first hyphen; undefined for a private stream. */
export function topicOf(streamId: string): Topic | undefined {
  const area = streamId.slice(0, streamId.indexOf('-'));
  return Object.hasOwn(topicOfArea, area) ? topicOfArea[area] : undefined;
}

/** Where messages go that a consumer could not handle; one topic a consumer group. */
export const deadLetterTopic = (consumer: string): string => `harmony.dead-letters.${consumer}.1`;
