export * from './speech-engine.provider.js';
export * from './transcribe.job.js';
