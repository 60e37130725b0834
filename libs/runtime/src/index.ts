export * from './descriptor.js';
export * from './job-runner.js';
export * from './tokens.js';
