export * from './models.js';
export * from './speech-server.js';
export * from './tones.js';
export * from './word-error-rate.js';
