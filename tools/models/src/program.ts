import { Command } from 'commander';
import { bytesOf, type Model } from './catalogue/model.js';
import { install, isInstalled } from './install/install.js';
import { ModelError } from './model-error.js';

export interface Bar {
  start(total: number): void;
  update(bytes: number): void;
  stop(): void;
}

export interface ProgramOptions {
  readonly catalogue: readonly Model[];
  /** Unless the command line names another. */
  readonly directory: string;
  readonly write: (line: string) => void;
  readonly bar: (name: string) => Bar;
  readonly signal: AbortSignal;
}

/** Builds the command line; failures that a person can mend reject with a ModelError. */
export function buildProgram({ catalogue, directory, write, bar, signal }: ProgramOptions): Command {
  const program = new Command('npm run models --')
    .description('Speech models for this machine. Without SPEECH_URL, the first that is installed is used.')
    .option('--directory <folder>', 'where models are installed', directory)
    .showHelpAfterError();
  const chosen = (): string => program.opts<{ directory: string }>().directory;
  program
    .command('list')
    .description('what can be installed, and what is')
    .action(async () => {
      for (const model of catalogue) {
        const state = (await isInstalled(model, chosen())) ? 'installed' : megabytes(bytesOf(model));
        write(`${model.name.padEnd(22)} ${state.padStart(9)}  ${model.description} ${model.licence}.`);
      }
    });
  program
    .command('install')
    .argument('<name>', 'as listed')
    .description('fetches a model, checks it, and puts it where Harmony finds it')
    .action(async (name: string) => {
      const model = catalogue.find((one) => one.name === name);
      if (!model) throw new ModelError(`No model is called ${name}. Try: npm run models -- list`);
      if (await isInstalled(model, chosen())) return write(`${name} is installed.`);
      const progress = bar(name);
      progress.start(bytesOf(model));
      try {
        await install(model, { directory: chosen(), signal, progress: (bytes) => progress.update(bytes) });
      } finally {
        progress.stop();
      }
      write(`${name} is installed. Conversations that failed for want of a model can be retried now.`);
    });
  return program;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;
