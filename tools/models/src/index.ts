export { catalogue } from './catalogue/catalogue.js';
export type { Model } from './catalogue/model.js';
export { install } from './install/install.js';
export { buildProgram, type ProgramOptions } from './program.js';
