export * from './answer.js';
export * from './criterion.js';
export * from './question.js';
export * from './result.js';
export * from './rule.js';
export * from './shared.js';
