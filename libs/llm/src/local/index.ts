export { createLocalAnalyst } from './local-analyst.js';
