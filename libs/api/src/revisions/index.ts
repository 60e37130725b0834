export * from './digest.type.js';
export * from './plan.types.js';
export * from './revision-enums.js';
export * from './revision-input-of.js';
export * from './revision.inputs.js';
