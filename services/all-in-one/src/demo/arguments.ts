import { Command, InvalidArgumentError } from 'commander';

export interface DemoArguments {
  /** One JSON line when ready and one a sample, for scripts. */
  readonly json: boolean;
  /** End when the samples are done; the exit code tells whether all succeeded. */
  readonly exit: boolean;
  /** Undefined: the configured one; 0: any free one. */
  readonly port: number | undefined;
  readonly dataDirectory: string | undefined;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** Reads the command line of `npm run demo -- …`; prints help and ends on `--help` or a mistake. */
export function parseDemoArguments(words: readonly string[]): DemoArguments {
  const command = new Command('npm run demo --')
    .description('Starts Harmony with everything embedded, submits sample conversations and shows what became of them.')
    .option('--json', 'print JSON lines for scripts instead of text', false)
    .option(
      '--exit',
      'end when the samples and the revision are done; non-zero unless every sample completed without errors',
      false,
    )
    .option('--port <number>', 'port to serve on; 0 takes any free one', portNumber)
    .option('--data-dir <folder>', 'where data is kept between runs (default .harmony)')
    .parse(words, { from: 'user' });
  const options = command.opts<{ json: boolean; exit: boolean; port?: number; dataDir?: string }>();
  return { json: options.json, exit: options.exit, port: options.port, dataDirectory: options.dataDir };
}
