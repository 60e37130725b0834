export * from './export.js';
export * from './filter.js';
