export * from './transcript-text.js';
