export * from './calls-folder.js';
