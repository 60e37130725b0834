import type { EventDataOf } from '@harmony/contracts';

type Started = EventDataOf<'InsightsRunStarted'>;
type Cell = Started['cells'][number];

/** A cell that is settled as its run starts, with the keys of read models: conversation, run, definition. */
export interface CarriedCell {
  readonly cell: Cell & Required<Pick<Cell, 'carriedFrom'>>;
  readonly from: readonly [string, string, string];
  readonly to: readonly [string, string, string];
}

/** The cells of a run whose answers an earlier one has given. */
export const carriedCells = ({ conversationId, runId, cells }: Started): CarriedCell[] =>
  cells.flatMap(({ carriedFrom, ...cell }): CarriedCell[] =>
    carriedFrom
      ? [
          {
            cell: { ...cell, carriedFrom },
            from: [conversationId, carriedFrom.runId, carriedFrom.definitionId],
            to: [conversationId, runId, cell.definitionId],
          },
        ]
      : [],
  );

/** Keys of the others, which somebody is asked about. */
export const openCells = ({ conversationId, runId, cells }: Started): [string, string, string][] =>
  cells.flatMap(({ carriedFrom, definitionId }): [string, string, string][] =>
    carriedFrom ? [] : [[conversationId, runId, definitionId]],
  );
