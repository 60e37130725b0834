import { insightTypes } from '@harmony/contracts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { engines, type Engine } from './answering/analysts.js';
import { aims } from './scoring/aims.js';

/** What the command line asks for. */
export interface Request {
  readonly folder: string;
  readonly analyst: Engine;
  readonly json: boolean;
  readonly aims: boolean;
  readonly min: ReadonlyMap<string, number>;
  readonly show?: 'failures';
  readonly type?: string;
  readonly project?: string;
  /** Absent: two for the local analyst, one for others, which cost. */
  readonly repeat?: number;
  readonly injections?: boolean;
  readonly concurrency?: number;
}

const measureNames = new Set([
  ...aims.keys(),
  ...['COMPETITORS.stance', 'FUNNEL.exact', 'SPIN_DISTRIBUTION.turnsF1', 'SPIN_IMPROVEMENT.weakest'],
  ...['SUMMARY.actionItems', 'MARKDOWN.mentioned', 'evidence.hit'],
]);

function addMinimum(text: string, previous: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const [measure = '', value = ''] = text.split('=');
  const minimum = Number(value);
  if (!measureNames.has(measure)) {
    throw new InvalidArgumentError(`There is no measure ${measure}. There are: ${[...measureNames].join(', ')}`);
  }
  if (value.trim() === '' || !(minimum >= 0 && minimum <= 1)) {
    throw new InvalidArgumentError('A least value lies between 0 and 1.');
  }
  return new Map([...previous, [measure, minimum]]);
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1_000) return value;
  throw new InvalidArgumentError('A whole number from 1 to 1000 is expected.');
}

/** Builds the command line; `run` gets what was asked for. */
export function buildProgram(run: (request: Request) => Promise<void>): Command {
  return new Command('npm run eval --')
    .description('Answers labelled conversations, and scores the answers against those of people.')
    .argument('[folder]', 'a project, or a folder with projects at any depth', '../shared/data/calls')
    .addOption(new Option('--analyst <engine>', 'who answers').choices([...engines]).default('local'))
    .option('--min <measure=value>', 'least value of a measure; repeatable', addMinimum, new Map())
    .option('--aims', "least values of everything that Harmony's own analyst aims at", false)
    .option('--json', 'one JSON document instead of tables', false)
    .addOption(new Option('--show <what>', 'every miss, with what was expected').choices(['failures']))
    .addOption(new Option('--type <type>', 'only definitions of this type').choices([...insightTypes]))
    .option('--project <name>', 'only projects with this in their name')
    .option('--repeat <times>', 'how often everything is asked, to compare', count)
    .option('--injections', 'have participants speak to the analyst (default for local)')
    .option('--no-injections', 'do not')
    .option('--concurrency <questions>', 'questions in flight', count)
    .showHelpAfterError()
    .action((folder: string, options: Omit<Request, 'folder'>) => run({ ...options, folder }));
}
