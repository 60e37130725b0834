import type { Cause, Clock } from '@harmony/kernel';

/** Of what this service does by itself, because of an event or a request. */
export const systemCause = (
  causationId: string,
  { workspaceId, correlationId }: Pick<Cause, 'workspaceId' | 'correlationId'>,
  clock: Clock,
): Cause => ({
  ...{ causationId, correlationId, workspaceId, actor: { kind: 'SYSTEM', id: 'insights' } },
  occurredAt: clock.now().toISOString(),
});
