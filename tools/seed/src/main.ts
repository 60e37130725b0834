import { HarmonyError } from '@harmony/contracts';
import { terminalVoice } from '@harmony/tool-operator';
import { buildProgram } from './program.js';
import { reportLines } from './report.js';
import { seed } from './seed.js';

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

const program = buildProgram(async (wish, json) => {
  const voice = terminalVoice(process.stdout, process.stderr, json);
  try {
    const seeded = await seed(wish, process.env, voice, stopping.signal);
    if (json) voice.result(JSON.stringify({ ...seeded.account, ...seeded, account: undefined }));
    else for (const line of reportLines(seeded, wish)) voice.result(line);
  } catch (error) {
    if (!(error instanceof HarmonyError) && !stopping.signal.aborted) throw error;
    process.stderr.write(error instanceof HarmonyError ? `${error.message} [${error.code}]\n` : 'Cancelled.\n');
    process.exitCode = 1;
  }
});
await program.parseAsync();
