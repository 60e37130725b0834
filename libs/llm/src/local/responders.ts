import type { InsightType } from '@harmony/contracts';
import { competitors } from './competitors/answer-competitors.js';
import { discount } from './discount/answer-discount.js';
import { engagement } from './engagement/answer-engagement.js';
import { questionResponders } from './questions/index.js';
import { register, type RegisteredResponder } from './registry.js';
import { spinDistribution } from './spin/answer-spin-distribution.js';
import { spinImprovement } from './spin/answer-spin-improvement.js';
import { summary } from './summary/answer-summary.js';

/** Who answers what; each type has a file or a folder of its own. */
const all: readonly RegisteredResponder[] = [
  ...questionResponders,
  register(competitors),
  register(discount),
  register(engagement),
  register(spinDistribution),
  register(spinImprovement),
  register(summary),
];

export const responders: ReadonlyMap<InsightType, RegisteredResponder> = new Map(
  all.map((responder) => [responder.type, responder]),
);

export { localExtractor as extractor } from './extraction/extractor.js';
