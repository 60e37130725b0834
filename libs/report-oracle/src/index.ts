export * from './arbitrary-request.js';
export * from './compare.js';
export * from './lines.js';
export { readWorld } from './read-world.js';
export * from './report-json.js';
export * from './report.js';
export * from './rows.js';
export * from './selection.js';
export * from './world.js';
