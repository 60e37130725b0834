export * from './speech-engine-contract.js';
