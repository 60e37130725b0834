/** Least values that issue 4 asks of the local analyst, by measure. */
export const aims: ReadonlyMap<string, number> = new Map([
  ['COMPETITORS.f1', 0.9],
  ['DISCOUNT.discussed', 0.85],
  ['DISCOUNT.number', 0.8],
  ['YES_NO.accuracy', 0.75],
  ['CHECKLIST.items', 0.7],
  ['GROUP.accuracy', 0.65],
  ['FUNNEL.withinOne', 0.8],
  ['BUYER_ENGAGEMENT.withinTolerance', 0.7],
  ['SCALE.withinTolerance', 0.7],
  ['SPIN_DISTRIBUTION.f1', 0.6],
  ['OPEN_QUESTION.contains', 0.6],
  ['SUMMARY.mentioned', 0.6],
  ['evidence.valid', 1],
  ['repeat.same', 1],
  ['injection.unchanged', 1],
]);
