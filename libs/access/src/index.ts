export * from './directory-port.js';
export * from './principal.js';
export * from './request.js';
export * from './scope-filter.js';
