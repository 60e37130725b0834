import { createAnalyst, createLocalAnalyst, type Analyst } from '@harmony/llm';
import { ModelServer, respondBy, settingsFor } from '@harmony/llm/testing';
import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate } from './answering/evaluate.js';
import { loadFolder, type Case } from './loading/load-folder.js';
import { summarise } from './report/summarise.js';
import { withFolder } from './testing/calls-folder.js';

const calls = join(import.meta.dirname, '../../../../shared/data/calls');

async function evaluatedBy(createAnalystOf: () => Analyst, cases: readonly Case[]) {
  const options = { runs: 1, hasInjections: false, concurrency: 8, signal: new AbortController().signal };
  const evaluated = await evaluate(cases, { ...options, createAnalyst: createAnalystOf });
  const failures = evaluated.flatMap(({ reply }) => (reply.failure ? [reply.failure] : []));
  return { failures, measures: Object.fromEntries(summarise(evaluated).measures) };
}

describe('The whole evaluation by a model', () => {
  if (!existsSync(calls)) {
    it.skip('is skipped: ../shared/data/calls is not there', () => undefined);
    return;
  }

  it('gives what the model knows, through faults of its server, and again from cassettes without it', async () => {
    // Given a server whose model knows what the local analyst knows, and that fails now and then
    const { cases } = await loadFolder(calls);
    const local = await evaluatedBy(createLocalAnalyst, cases);
    const server = await ModelServer.start(respondBy(createLocalAnalyst()));
    server.faultOf = (index) => (index % 25 === 7 ? { kind: 'status', status: 500 } : undefined);
    await withFolder({}, async (cassettes) => {
      // When everything is asked of it, and recorded
      const settings = settingsFor(server.url, { cassettes, cassetteMode: 'record' });
      const asked = await evaluatedBy(() => createAnalyst(settings), cases);
      // Then the answers are worth the same as those that it knows
      expect(asked).toEqual(local);
      // And when the server is gone, the recordings are worth the same
      await server.stop();
      const played = await evaluatedBy(() => createAnalyst({ ...settings, cassetteMode: 'replay' }), cases);
      expect(played).toEqual(local);
    });
  }, 300_000);
});
