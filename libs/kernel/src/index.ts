export * from './backoff.js';
export * from './clock.js';
export * from './events.js';
export * from './ids.js';
export * from './map-concurrently.js';
export * from './quiet-times.js';
export { SharedRoundTrips, type GroupLimits } from './shared-round-trips.js';
