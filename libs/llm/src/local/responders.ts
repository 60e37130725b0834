import type { InsightType } from '@harmony/contracts';
import { competitors } from './competitors/answer-competitors.js';
import { discount } from './discount/answer-discount.js';
import { engagement } from './engagement/answer-engagement.js';
import { questionResponders } from './questions/index.js';
import { register, type LocalExtractor, type RegisteredResponder } from './registry.js';
import { spinDistribution } from './spin/answer-spin-distribution.js';
import { spinImprovement } from './spin/answer-spin-improvement.js';

/** Who answers what; each type has a file or a folder of its own. */
const all: readonly RegisteredResponder[] = [
  ...questionResponders,
  register(competitors),
  register(discount),
  register(engagement),
  register(spinDistribution),
  register(spinImprovement),
];

export const responders: ReadonlyMap<InsightType, RegisteredResponder> = new Map(
  all.map((responder) => [responder.type, responder]),
);

/** Until extraction registers its own: finds nothing. */
export const extractor: LocalExtractor = {
  version: '0',
  extract: () => ({ summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] }),
};
