import { inputCauses } from '@harmony/contracts';

/** What a revision does to a result. */
export const changeKinds = ['CHANGED', 'UNCHANGED', 'ADDED', 'REMOVED'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Which input of a result that changed is another one than before (B7). */
export const changeCauses = [
  ...inputCauses,
  /** More than one of them. */
  'SEVERAL_CHANGED',
  /** None: it was asked again, and the answer is another one all the same. */
  'NOTHING_CHANGED',
  /** One of the results is older than the records of what it was made from. */
  'INPUTS_UNKNOWN',
] as const;
export type ChangeCause = (typeof changeCauses)[number];
