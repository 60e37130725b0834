export { analystContract, type AnalystUnderTest } from './analyst-contract.js';
export * as contractConversations from './conversations.js';
export { everyQuestion, questions } from './questions.js';
