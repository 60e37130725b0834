export { evaluate, type Evaluated, type EvaluationOptions } from './answering/evaluate.js';
export { loadFolder, type Case, type LoadedFolder } from './loading/load-folder.js';
export { buildProgram, type Request } from './program.js';
export { runEvaluation, type Surroundings } from './run-evaluation.js';
export { aims } from './scoring/aims.js';
