export { openOperator } from './open-operator.js';
export { exitCodes, type ExitCode, type Operator, type Voice } from './operator.js';
export { terminalVoice } from './output/terminal-voice.js';
export { buildProgram, type ProgramOptions } from './program.js';
