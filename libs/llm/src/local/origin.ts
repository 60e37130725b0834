import type { AnalystOrigin, InsightType } from '@harmony/contracts';
import { extractor, responders } from './responders.js';

/** Who answers, and by which version of its rules. */
export function originOf(type: InsightType | 'EXTRACTION'): AnalystOrigin {
  const rules = type === 'EXTRACTION' ? extractor.version : (responders.get(type)?.version ?? '0');
  return { engine: 'local', model: 'harmony-local-1', parameters: {}, templateVersion: rules };
}
