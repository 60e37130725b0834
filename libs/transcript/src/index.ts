export * from './chunk-turns.js';
export { maximumTurnCharacters, structureTranscript } from './pasted/structure-transcript.js';
export * from './recording-progress.js';
export * from './transcript-facts.js';
export * from './transcript.js';
