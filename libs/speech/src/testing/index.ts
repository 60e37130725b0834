export * from './models.js';
export * from './speech-server.js';
export * from './tones.js';
export * from './word-error-rate.js';
export * from './bare-recogniser.js';
export * from './script.js';
export * from './build-speech-process.js';
