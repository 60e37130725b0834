import { attributedCauses, type AttributedCause, type EventDataOf } from '@harmony/contracts';
import { wilsonInterval, type Interval } from './interval.js';

/** A changed result that was drawn to be looked into: null while it is awaited, empty where it could not be asked. */
export type DrawnChange = EventDataOf<'ChangeAttributed'>['effects'] | null;

/** Of the changed results that were looked into, those that one input alone makes other ones. */
export interface CauseShare {
  readonly cause: AttributedCause;
  /** Results of which this input is another one, and could be tried by itself. */
  readonly tried: number;
  /** Those that it alone changes. */
  readonly changed: number;
  /** Of all that were looked into, but for those where it could not be tried, 0 to 1. */
  readonly share: number;
  readonly interval: Interval | null;
}

/** What made results change, from asking a sample of them again with one input of now at a time (B7). */
export interface Attribution {
  /** Whether changed results are still being drawn. */
  readonly isDrawing: boolean;
  readonly drawn: number;
  readonly pending: number;
  /** Results of which nothing was learnt: what they were made from is not known any more, or the analyst is another one or failed. */
  readonly unknown: number;
  /** Results that were looked into. */
  readonly attributed: number;
  /** Those that no input changes by itself: all of them together do, or chance. */
  readonly together: number;
  /** Causes that were tried at all; a result may have several. */
  readonly causes: readonly CauseShare[];
}

export function attributionOf(changes: readonly DrawnChange[], isDrawing = false): Attribution {
  const ended = changes.filter((effects) => effects !== null);
  const looked = ended.filter((effects) => effects.some(({ isChanged }) => isChanged !== null));
  return {
    isDrawing,
    ...{ drawn: changes.length, pending: changes.length - ended.length },
    ...{ unknown: ended.length - looked.length, attributed: looked.length },
    together: looked.filter((effects) => effects.every(({ isChanged }) => isChanged === false)).length,
    causes: attributedCauses.flatMap((cause) => {
      const outcomes = looked.flatMap((effects) => effects.flatMap((one) => (one.cause === cause ? [one] : [])));
      const tried = outcomes.filter(({ isChanged }) => isChanged !== null).length;
      const changed = outcomes.filter(({ isChanged }) => isChanged).length;
      if (tried === 0) return [];
      return [{ ...{ cause, tried, changed }, ...shareOf(changed, looked.length - (outcomes.length - tried)) }];
    }),
  };
}

const shareOf = (changed: number, attributed: number): Pick<CauseShare, 'share' | 'interval'> => ({
  share: changed / attributed,
  interval: wilsonInterval(changed, attributed),
});
