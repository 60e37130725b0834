export { Consumer } from './consumer.js';
export type { ConsumerHealth } from './health.js';
export type { ConsumerObserver, DeadLetterDepth, SkipReason } from './observer.js';
export type { ConsumerOptions } from './options.js';
export { defaultRetryPolicy, type RetryBudget, type RetryPolicy } from './retry-policy.js';
