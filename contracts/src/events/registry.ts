import { HarmonyError } from '../errors.js';
import { analysisEvents } from './analysis/definitions.js';
import { contactEvents } from './contact/definitions.js';
import { conversationEvents } from './conversation/definitions.js';
import type { DataOf, EventDefinition, EventVersion } from './definition.js';
import { envelopeSchema, type DomainEvent, type Envelope } from './envelope.js';
import { plainTest, type PlainTest } from './plain-data.js';
import { exportEvents } from './export/definitions.js';
import { insightsEvents } from './insights/definitions.js';
import { pinEvents } from './pin/definitions.js';
import { isPlainEnvelope } from './plain-envelope.js';
import { projectEvents } from './project/definitions.js';
import { revisionEvents } from './revision/definitions.js';
import { workspaceEvents } from './workspace/definitions.js';

const definitions = {
  ...workspaceEvents,
  ...contactEvents,
  ...conversationEvents,
  ...projectEvents,
  ...insightsEvents,
  ...analysisEvents,
  ...revisionEvents,
  ...exportEvents,
  ...pinEvents,
} as const;

export type EventType = keyof typeof definitions;
export type EventDataOf<Type extends EventType> = DataOf<(typeof definitions)[Type]>;

/** Any event of the catalogue, discriminated by `type`, with its data in the latest version. */
export type HarmonyEvent = { [Type in EventType]: DomainEvent<Type, EventDataOf<Type>> }[EventType];

export type EventOf<Type extends EventType> = Extract<HarmonyEvent, { type: Type }>;

/** Every event type that this version knows, by name. */
export const eventCatalogue: Readonly<Record<string, EventDefinition>> = definitions as never;

export const isKnownEventType = (type: string): type is EventType => Object.hasOwn(definitions, type);

/** The version that new events of a type are written in. */
export function latestVersion(type: EventType): number {
  return definitions[type].versions.length;
}

interface ReadableVersion extends EventVersion {
  readonly isPlain: PlainTest;
}

const readable: ReadonlyMap<string, readonly ReadableVersion[]> = new Map(
  Object.entries(eventCatalogue).map(([type, { versions }]) => [
    type,
    versions.map((version) => ({ ...version, isPlain: plainTest(version.schema) ?? (() => false) })),
  ]),
);

/**
 * Decodes, upcasts and validates a recorded event: the one place where outside data becomes an event.
 * @throws HarmonyError UNKNOWN_EVENT_TYPE for a type or version of a newer release, UNDECODABLE_EVENT for data that does not fit.
 */
export function decodeEvent(recorded: unknown): HarmonyEvent {
  const { id, type, version, occurredAt, workspaceId, actor, correlationId, causationId } = decodeEnvelope(recorded);
  const versions = readable.get(type);
  if (!versions || version > versions.length) {
    throw new HarmonyError('UNKNOWN_EVENT_TYPE', { detail: `Event type ${type} version ${version} is not known.` });
  }
  // Field by field, which is several times cheaper than a spread: a replay comes by here for every event.
  return {
    id,
    type,
    version: versions.length,
    occurredAt,
    workspaceId,
    actor: { kind: actor.kind, id: actor.id },
    correlationId,
    causationId,
    data: decodeData(type, version, versions, (recorded as { data?: unknown }).data),
  } as HarmonyEvent;
}

function decodeEnvelope(recorded: unknown): Envelope {
  if (isPlainEnvelope(recorded)) return recorded;
  const envelope = envelopeSchema.safeParse(recorded);
  if (!envelope.success) throw undecodable('envelope', envelope.error);
  return envelope.data;
}

function decodeData(type: string, version: number, versions: readonly ReadableVersion[], raw: unknown): unknown {
  let data = raw;
  for (let index = version - 1; index < versions.length; index += 1) {
    const current = versions[index];
    if (!current?.isPlain(data)) {
      const parsed = current?.schema.safeParse(data);
      if (!parsed?.success) throw undecodable(`${type} version ${index + 1}`, parsed?.error);
      data = parsed.data;
    }
    if (current?.upcast) data = current.upcast(data as never);
  }
  return data;
}

function undecodable(
  what: string,
  cause: { issues: readonly { path: PropertyKey[]; message: string }[] } | undefined,
): HarmonyError {
  const where = (cause?.issues ?? [])
    .map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`)
    .join('; ');
  return new HarmonyError('UNDECODABLE_EVENT', { detail: `The ${what} does not fit its contract: ${where}` });
}
