export { replayCommand } from './commands/replay.js';
export { openOperator } from './open-operator.js';
export { exitCodes, type ExitCode, type Operator, type Voice } from './operator.js';
export { terminalVoice } from './output/terminal-voice.js';
export { count, duration } from './output/text.js';
export { buildProgram, type ProgramOptions } from './program.js';
