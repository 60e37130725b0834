import { describe, expect, it } from '@jest/globals';
import { jsonReport, textReport } from './report.js';

const account = { workspaceId: 'w', email: 'demo@harmony.example', password: 'secret', apiKey: 'lk_1' };
const conversation = {
  id: 'c',
  title: 'A call',
  status: 'COMPLETED',
  turnCount: 2,
  wordCount: 5,
  speakers: [{ name: 'Ann' }],
  failure: null,
};

function linesOf(make: typeof jsonReport): { lines: string[]; report: ReturnType<typeof jsonReport> } {
  const lines: string[] = [];
  return { lines, report: make((line) => lines.push(line)) };
}

describe('the report of the demo', () => {
  it('gives scripts one line when ready and one line a sample', () => {
    const { lines, report } = linesOf(jsonReport);
    report.ready('http://h', account);
    report.moved(conversation);
    report.ended(conversation);
    report.finished([conversation], false);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { url: 'http://h', graphqlUrl: 'http://h/graphql', ...account },
      { conversationId: 'c', title: 'A call', status: 'COMPLETED', turnCount: 2, wordCount: 5, failure: null },
    ]);
  });

  it('shows a person the sign-in, what became of each sample, and what to try next', () => {
    const { lines, report } = linesOf(textReport);
    report.ready('http://h', account);
    report.ended({ ...conversation, status: 'FAILED', failure: { stage: 'TRANSCRIPTION', code: 'OBJECT_NOT_FOUND' } });
    report.finished([conversation], true);
    const text = lines.join('\n');
    for (const part of [
      'demo@harmony.example',
      'secret',
      'failed at TRANSCRIPTION with OBJECT_NOT_FOUND',
      '1 of 1',
      'curl',
    ]) {
      expect(text).toContain(part);
    }
  });
});
