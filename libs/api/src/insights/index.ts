export * from './answer-schema.js';
export * from './analyst-view.js';
export * from './answer-view.js';
export * from './answer.types.js';
export * from './found.types.js';
export * from './insight-enums.js';
export * from './question-view.js';
export * from './question.types.js';
