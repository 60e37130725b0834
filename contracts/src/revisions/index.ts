export * from './plan.js';
export * from './revision-input.js';
export * from './shared.js';
