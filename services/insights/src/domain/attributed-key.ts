import type { EventDataOf } from '@harmony/contracts';

/** A change is from the result of one run to that of another. */
export const attributedKey = ({
  definitionId,
  beforeRunId,
}: Pick<EventDataOf<'ChangeAttributed'>, 'definitionId' | 'beforeRunId'>): string => `${definitionId}/${beforeRunId}`;
