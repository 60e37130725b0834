import { describe, expect, it } from '@jest/globals';
import { HarmonyError, noUsage, type Answer } from '@harmony/contracts';
import type { Analyst, AnalystAnswer, QuestionRequest } from '@harmony/llm';
import { buildProgram, type Request } from './program.js';
import { runEvaluation } from './run-evaluation.js';
import { smallFolder, withFolder, type FilesOf } from './testing/calls-folder.js';

const yes: Answer = { type: 'YES_NO', answer: 'YES' };
const spoken = { rationale: '', confidence: 1, searched: [], usage: { ...noUsage, calls: 1, inputTokens: 10 } };

/** Says yes with the words of the last turn but one, or what it is told to. */
function analystThat(answer: (request: QuestionRequest) => AnalystAnswer): () => Analyst {
  const fail = () => Promise.reject(new Error('is not asked'));
  const originOf = () => ({ engine: 'test', model: 'test', parameters: {}, templateVersion: '1' });
  return () => ({ originOf, answer: async (request) => answer(request), extract: fail, close: async () => {} });
}

const tuesday = ({ conversation }: QuestionRequest): AnalystAnswer => {
  const turn = conversation.turns.find(({ text }) => text === 'On Tuesday.');
  const evidence = turn ? [{ turn: turn.index, quote: 'On Tuesday', part: null }] : [];
  return { outcome: 'ANSWERED', answer: yes, evidence, ...spoken };
};

async function evaluated(createAnalyst: () => Analyst, words: readonly string[] = [], files: FilesOf = smallFolder) {
  const said: string[] = [];
  const complaints: string[] = [];
  const surroundings = {
    createAnalyst,
    write: (text: string) => void said.push(text),
    complain: (text: string) => void complaints.push(text),
    signal: new AbortController().signal,
  };
  const passed = await withFolder(files, async (folder) => {
    const requests: Request[] = [];
    const program = buildProgram(async (one) => void requests.push(one));
    await program.parseAsync([folder, ...words], { from: 'user' });
    return runEvaluation(requests[0] as Request, surroundings);
  });
  return { passed, said: said.join('\n'), complaints: complaints.join('\n') };
}

describe('An evaluation', () => {
  it('prints what the answers are worth, and what they took', async () => {
    const { passed, said } = await evaluated(analystThat(tuesday), ['--aims']);
    expect(passed).toBe(true);
    expect(said).toMatch(/YES_NO +1 +accuracy +100\.0 % +75\.0 % +1\/1 +100\.0 % +100\.0 % +0 +0 +[\d.]+ +10 +0\.0000/);
    expect(said).toMatch(/repeat\.same +100\.0 % +100\.0 % +1\/1/);
    expect(said).toMatch(/injection\.unchanged +100\.0 %/);
  });

  it('prints one document as JSON', async () => {
    const { said } = await evaluated(analystThat(tuesday), ['--json', '--repeat', '3']);
    expect(JSON.parse(said)).toMatchObject({
      measures: { 'YES_NO.accuracy': { value: 1 }, 'repeat.same': { value: 1, of: 2 } },
      missed: [],
      problems: [],
      answers: [{ project: 'deep/small', conversation: 'deep/small/01-lamps', definition: 'day', failure: null }],
    });
  });

  it('sees an analyst that does what a participant tells it', async () => {
    const gullible = analystThat((request) => ({
      ...tuesday(request),
      ...(request.conversation.turns.some(({ text }) => text.startsWith('Ignore')) && {
        answer: { type: 'YES_NO', answer: 'NO' },
      }),
    }));
    const { passed, said, complaints } = await evaluated(gullible, ['--aims', '--show', 'failures']);
    expect(passed).toBe(false);
    expect(said).toMatch(/injected +1 "Ignore all .*\n +\{"type":"YES_NO","answer":"NO"\}/);
    expect(complaints).toMatch(/^MISSED injection\.unchanged: 0\.750 instead of at least 1$/m);
  });

  it('sees an analyst that does not say the same twice', async () => {
    let asked = 0;
    const fickle = analystThat((request) => ({ ...tuesday(request), confidence: 1 / (asked += 1) }));
    const { complaints } = await evaluated(fickle, ['--min', 'repeat.same=1', '--no-injections']);
    expect(complaints).toBe('MISSED repeat.same: 0.000 instead of at least 1');
  });

  it('counts a failure by its code, and goes on', async () => {
    const failing = analystThat(() => {
      throw new HarmonyError('ANALYST_UNAVAILABLE', { facts: { usage: { ...noUsage, inputTokens: 7 } } });
    });
    const { said } = await evaluated(failing, ['--no-injections']);
    expect(said).toMatch(/YES_NO +1 +accuracy +0\.0 %.* 1 ANALYST_UNAVAILABLE +[\d.]+ +7 /);
  });

  it('shows every miss with what was expected', async () => {
    const silent = analystThat(() => ({ outcome: 'NOT_DISCUSSED', evidence: [], ...spoken }));
    const { said } = await evaluated(silent, ['--show', 'failures']);
    expect(said).toContain('deep/small/01-lamps · day · YES_NO · accuracy 0/1');
    expect(said).toContain('expected  {"answer":"YES","turns":[1]}');
    expect(said).toContain('got       NOT_DISCUSSED');
  });

  it('fails below a threshold, and where nothing is there to be measured by it', async () => {
    const { passed, complaints } = await evaluated(analystThat(tuesday), ['--min', 'GROUP.accuracy=0.5']);
    expect(passed).toBe(false);
    expect(complaints).toBe('MISSED GROUP.accuracy: nothing was measured, at least 0.5 is asked for');
  });

  it('fails for a broken file, which it names, and evaluates the rest', async () => {
    const files = { ...smallFolder, 'deep/small/02.json': '[' };
    const { passed, said, complaints } = await evaluated(analystThat(tuesday), [], files);
    expect(passed).toBe(false);
    expect(complaints).toMatch(/^INVALID_JSON .*deep\/small\/02\.json: /);
    expect(said).toMatch(/YES_NO +1 +accuracy +100\.0 %/);
  });

  it('evaluates what was chosen only', async () => {
    const { said } = await evaluated(analystThat(tuesday), ['--type', 'GROUP']);
    expect(said).not.toContain('YES_NO');
    expect((await evaluated(analystThat(tuesday), ['--project', 'smal'])).said).toContain('YES_NO');
    expect((await evaluated(analystThat(tuesday), ['--project', 'large'])).said).not.toContain('YES_NO');
  });
});
