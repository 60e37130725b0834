import type { InsightType } from '@harmony/contracts';
import type { LocalExtractor, RegisteredResponder } from './registry.js';

/** Who answers what; each type has a file or a folder of its own. */
const all: readonly RegisteredResponder[] = [];

export const responders: ReadonlyMap<InsightType, RegisteredResponder> = new Map(
  all.map((responder) => [responder.type, responder]),
);

/** Until extraction registers its own: finds nothing. */
export const extractor: LocalExtractor = {
  version: '0',
  extract: () => ({ summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] }),
};
