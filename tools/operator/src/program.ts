import { HarmonyError } from '@harmony/contracts';
import { Command, InvalidArgumentError } from 'commander';
import { listDeadLetters, redriveDeadLetters } from './commands/dead-letters.js';
import { dropArchiveCommand, replayCommand, verifyCommand } from './commands/replay.js';
import { rotateKeysCommand } from './commands/rotate-keys.js';
import { statusCommand } from './commands/status.js';
import { exitCodes, type ExitCode, type Operator, type Voice } from './operator.js';

export interface ProgramOptions {
  /** Opened for the command that runs, closed after it. */
  readonly open: (options: { readonly dataDirectory: string | undefined }) => Promise<Operator>;
  readonly speak: (options: { readonly json: boolean }) => Voice;
  /** Aborted when the person at the terminal has had enough. */
  readonly signal: AbortSignal;
}

interface GlobalOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

type Work = (operator: Operator, voice: Voice) => Promise<ExitCode>;

/** Builds the command line; `finished` gets the exit code. */
export function buildProgram(options: ProgramOptions, finished: (code: ExitCode) => void): Command {
  const program = new Command('npm run harmony --')
    .description('Looks after a running Harmony: where it stands, replays, verification, dead letters, keys.')
    .option('--data-dir <folder>', 'folder of the embedded database; HARMONY_DATA_DIR or .harmony unless told')
    .option('--json', 'print one line of JSON')
    .addHelpText('after', '\nExit codes: 0 done, 1 refused or failed, 2 differences found.')
    .showHelpAfterError();
  const run = async (work: Work): Promise<void> => {
    const { dataDir, json = false } = program.opts<GlobalOptions>();
    finished(await runCommand(options, { dataDirectory: dataDir }, options.speak({ json }), work));
  };
  addProjectionCommands(program, run, options.signal);
  addDeadLetterCommands(program, run);
  program
    .command('rotate-keys')
    .description('has access tokens and files signed with a fresh key; what was signed before stays good')
    .action(() => run(rotateKeysCommand));
  return program;
}

type Run = (work: Work) => Promise<void>;

function addProjectionCommands(program: Command, run: Run, signal: AbortSignal): void {
  program
    .command('status')
    .description('positions, lag, rates and what waits for somebody to look')
    .action(() => run(statusCommand));
  program
    .command('replay')
    .argument('<projection>')
    .description('builds the tables of a projection anew from the log while they are in use, and exchanges them')
    .option('--verify', 'compare first; where a row differs, name it and exchange nothing', false)
    .option('--park', 'go on past events that cannot be applied, as live work does, instead of stopping', false)
    .action((name: string, wish: { verify: boolean; park: boolean }) =>
      run((operator, voice) => replayCommand(operator, voice, name, { ...wish, signal })),
    );
  program
    .command('verify')
    .argument('<projection>')
    .description('compares the tables of a projection with a replay at the same position of the log')
    .action((name: string) => run((operator, voice) => verifyCommand(operator, voice, name, signal)));
  program
    .command('drop-archive')
    .argument('<projection>')
    .description('gives up the tables that the last replay has replaced')
    .action((name: string) => run((operator, voice) => dropArchiveCommand(operator, voice, name)));
}

function addDeadLetterCommands(program: Command, run: Run): void {
  const deadLetters = program.command('dead-letters').description('messages that a consumer could not handle');
  deadLetters
    .command('list')
    .option('--consumer <name>', 'of this consumer only')
    .option('--limit <number>', 'at most so many', wholeNumber, 100)
    .action((wish: { consumer?: string; limit: number }) =>
      run((operator, voice) => listDeadLetters(operator, voice, wish)),
    );
  deadLetters
    .command('redrive')
    .argument('[id...]', 'ids as `list` shows them; all unless told')
    .option('--consumer <name>', 'of this consumer only')
    .option('--limit <number>', 'at most so many', wholeNumber, 100)
    .action((ids: string[], wish: { consumer?: string; limit: number }) =>
      run((operator, voice) => redriveDeadLetters(operator, voice, ids, wish)),
    );
}

async function runCommand(
  { open, signal }: ProgramOptions,
  where: { readonly dataDirectory: string | undefined },
  voice: Voice,
  work: Work,
): Promise<ExitCode> {
  let operator: Operator | undefined;
  try {
    operator = await open(where);
    return await work(operator, voice);
  } catch (error) {
    if (!(error instanceof HarmonyError) && !signal.aborted) throw error;
    const text = error instanceof HarmonyError ? `${error.message} [${error.code}]` : 'Cancelled. Nothing has changed.';
    if (voice.json)
      voice.result(JSON.stringify({ error: error instanceof HarmonyError ? error.code : 'CANCELLED', text }));
    else voice.note(text);
    return exitCodes.refused;
  } finally {
    await operator?.close();
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 upwards.');
  return Number(text);
}
