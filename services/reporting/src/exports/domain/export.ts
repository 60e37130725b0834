import { HarmonyError, type Actor, type EventDataOf, type HarmonyEvent } from '@harmony/contracts';
import { derivedId, fact, type Cause, type Fact } from '@harmony/kernel';

/** How an export stands in the log. */
export type ExportOutcome = 'OPEN' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'EXPIRED';

/** What deciders and writers need to know of an export, folded from its stream. */
export interface Export {
  readonly id: string;
  readonly workspaceId: string;
  /** Whose rights decide what the file holds. */
  readonly requester: Actor;
  readonly requestedAt: string;
  readonly correlationId: string;
  readonly requested: EventDataOf<'ExportRequested'>;
  readonly outcome: ExportOutcome;
  /** Once it is completed, also after the file was deleted. */
  readonly completed: EventDataOf<'ExportCompleted'> | undefined;
  /** When it was. */
  readonly completedAt: string | undefined;
}

export function evolveExport(current: Export | undefined, event: HarmonyEvent): Export | undefined {
  if (event.type === 'ExportRequested') {
    const { workspaceId, correlationId, actor: requester, occurredAt: requestedAt, data: requested } = event;
    const { exportId: id } = requested;
    return {
      id,
      workspaceId,
      correlationId,
      requester,
      requestedAt,
      requested,
      outcome: 'OPEN',
      completed: undefined,
      completedAt: undefined,
    };
  }
  if (!current) return undefined;
  switch (event.type) {
    case 'ExportCompleted':
      return { ...current, outcome: 'COMPLETED', completed: event.data, completedAt: event.occurredAt };
    case 'ExportFailed':
      return { ...current, outcome: 'FAILED' };
    case 'ExportCancelled':
      return { ...current, outcome: 'CANCELLED' };
    case 'ExportExpired':
      return { ...current, outcome: 'EXPIRED' };
    default:
      return current;
  }
}

/** Nothing for one that is there already: the same command again. */
export const decideRequest = (current: Export | undefined, requested: EventDataOf<'ExportRequested'>): Fact[] =>
  current ? [] : [fact('ExportRequested', requested)];

/** Nothing for one that ended meanwhile, whose file is of no use then. */
export const decideCompletion = (current: Export | undefined, completed: EventDataOf<'ExportCompleted'>): Fact[] =>
  current?.outcome === 'OPEN' ? [fact('ExportCompleted', completed)] : [];

export const decideFailure = (current: Export | undefined, code: string): Fact[] =>
  current?.outcome === 'OPEN' ? [fact('ExportFailed', { exportId: current.id, code })] : [];

/** Cancelling twice is harmless. @throws HarmonyError EXPORT_ENDED for one that has another end already */
export function decideCancellation({ id, outcome }: Export): Fact[] {
  if (outcome === 'OPEN') return [fact('ExportCancelled', { exportId: id })];
  if (outcome === 'CANCELLED') return [];
  throw new HarmonyError('EXPORT_ENDED');
}

export const isDue = ({ completed }: Export, now: Date): boolean =>
  completed !== undefined && now >= new Date(completed.expiresAt);

/** Nothing before its time. */
export const decideExpiry = (current: Export | undefined, now: Date): Fact[] =>
  current?.outcome === 'COMPLETED' && isDue(current, now) ? [fact('ExportExpired', { exportId: current.id })] : [];

/**
 * What can be downloaded.
 * @throws HarmonyError EXPORT_NOT_READY, EXPORT_CANCELLED, EXPORT_EXPIRED; for one that failed the code that it failed with
 */
export function requireContent(current: Export, now: Date): EventDataOf<'ExportCompleted'> {
  const { outcome, completed } = current;
  if (outcome === 'CANCELLED') throw new HarmonyError('EXPORT_CANCELLED');
  if (outcome === 'EXPIRED' || isDue(current, now)) throw new HarmonyError('EXPORT_EXPIRED');
  if (!completed) throw new HarmonyError('EXPORT_NOT_READY');
  return completed;
}

/** Of what Harmony itself does to an export. */
export const causeOfEnd = ({ id, correlationId, workspaceId }: Export, now: Date): Cause => ({
  ...{ causationId: derivedId(id, 'end'), correlationId, workspaceId, occurredAt: now.toISOString() },
  actor: { kind: 'SYSTEM', id: 'reporting' },
});
