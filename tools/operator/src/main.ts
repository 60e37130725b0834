import { composition } from '@harmony/service-all-in-one';
import { openOperator } from './open-operator.js';
import { terminalVoice } from './output/terminal-voice.js';
import { buildProgram } from './program.js';

const projections = composition.services.flatMap((service) => service.projections);
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

const program = buildProgram(
  {
    open: ({ dataDirectory }) => openOperator(process.env, dataDirectory, projections),
    speak: ({ json }) => terminalVoice(process.stdout, process.stderr, json),
    signal: stopping.signal,
  },
  (code) => (process.exitCode = code),
);
await program.parseAsync();
