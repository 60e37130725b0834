import { Command, InvalidArgumentError } from 'commander';
import type { SeedWish } from './wish.js';

interface Options extends Omit<SeedWish, 'dataDirectory' | 'workspaceId'> {
  readonly dataDir?: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

/** Builds the command line. */
export function buildProgram(run: (wish: SeedWish, json: boolean) => Promise<void>): Command {
  return new Command('npm run seed --')
    .description('Fills a workspace with conversations, results and everything that changed later, as real events.')
    .option('--conversations <number>', 'how many', wholeNumber(0), 1_000)
    .option('--definitions <number>', 'of each project', wholeNumber(0), 10)
    .option('--projects <number>', 'the first one has the conversations of all teams', wholeNumber(1), 1)
    .option('--days <number>', 'over which the conversations came in, up to today', wholeNumber(1), 180)
    .option('--changes <number>', 'what changes later, a conversation: 0 to 1', share, 0.05)
    .option('--seed <number>', 'the same seed gives the same sample', wholeNumber(0), 1)
    .option('--data-dir <folder>', 'folder of the embedded database; HARMONY_DATA_DIR or .harmony unless told')
    .option('--workspace <id>', 'add to this workspace instead of a new one')
    .option('--json', 'print one line of JSON')
    .showHelpAfterError()
    .action(async ({ dataDir, workspace, json = false, ...wish }: Options) =>
      run({ ...wish, dataDirectory: dataDir, workspaceId: workspace }, json),
    );
}

const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d{1,9}$/.test(text) && number >= least) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} upwards.`);
  };

function share(text: string): number {
  const number = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && number <= 1) return number;
  throw new InvalidArgumentError('Give a number from 0 to 1.');
}
