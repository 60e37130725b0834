import { createHash } from 'node:crypto';
import type { Connection } from '../model/connection.js';
import { Limits, type LimitOptions } from './limits.js';
import { realTime } from './time.js';

const shared = new Map<string, Limits>();

/** The limits of a provider and key: the same for everybody in this process, and no other key's. */
export function sharedLimits({ model, baseUrl, apiKey }: Connection, options: LimitOptions): Limits {
  const { maximumConcurrency, requestsPerMinute, tokensPerMinute } = options;
  const whose = [model.provider, baseUrl, apiKey ?? null, maximumConcurrency, requestsPerMinute, tokensPerMinute];
  const key = createHash('sha256').update(JSON.stringify(whose)).digest('hex');
  const limits = shared.get(key) ?? new Limits(options, realTime);
  shared.set(key, limits);
  return limits;
}
