export * from './batch-loader.js';
export * from './connection.js';
export * from './cursor.js';
export * from './json-object.js';
export * from './page-below.js';
export * from './page.js';
export * from './parse-input.js';
export * from './plain-text.js';
