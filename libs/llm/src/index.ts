export * from './local/index.js';
export * from './answer-with-evidence.js';
export { createAnalyst } from './create-analyst.js';
export type { LanguageModelSettings } from './langchain/settings.js';
export * from './port.js';
