import type { Logger } from '@harmony/observability';
import { expect, it } from '@jest/globals';
import { AnnounceAnalyst } from './announce-analyst.js';
import type { AskAnalyst } from './ask-analyst.js';

it.each([
  ['local', 'Definitions are answered by the local analyst, without a language model; LLM_MODEL sets one'],
  ['langchain', 'Definitions are answered by a language model'],
])('the console names the analyst at the start: %s', (engine, sentence) => {
  const lines: unknown[][] = [];
  const log = { info: (...line: unknown[]) => lines.push(line) } as unknown as Logger;
  const analyst = { originOf: () => ({ engine, model: 'm' }) } as unknown as AskAnalyst;
  new AnnounceAnalyst(analyst, log).onApplicationBootstrap();
  expect(lines).toEqual([[{ engine, model: 'm' }, sentence]]);
});
