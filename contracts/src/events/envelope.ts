import { z } from 'zod';

/** Who caused an event: a person, an API key, or a part of Harmony acting by itself. */
export const actorSchema = z.object({
  kind: z.enum(['USER', 'API_KEY', 'SYSTEM']),
  id: z.string().min(1),
});

export type Actor = z.output<typeof actorSchema>;

/** What every event carries beside its data. Times are ISO 8601 in UTC. */
export const envelopeSchema = z.object({
  id: z.uuid(),
  type: z.string().min(1),
  version: z.int().positive(),
  occurredAt: z.iso.datetime(),
  workspaceId: z.uuid(),
  actor: actorSchema,
  correlationId: z.string().min(1),
  causationId: z.string().min(1),
});

export type Envelope = z.output<typeof envelopeSchema>;

/** An event that fits its contract, with its data in the latest version. */
export interface DomainEvent<Type extends string = string, Data = unknown> extends Envelope {
  readonly type: Type;
  readonly data: Data;
}
