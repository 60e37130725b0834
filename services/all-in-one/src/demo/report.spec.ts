import { describe, expect, it } from '@jest/globals';
import type { ConversationView } from './client.js';
import { jsonReport, textReport } from './report.js';

const account = { workspaceId: 'w', email: 'demo@harmony.example', password: 'secret', apiKey: 'lk_1' };
const conversation: ConversationView = {
  id: 'c',
  title: 'A call',
  status: 'COMPLETED',
  turnCount: 2,
  wordCount: 5,
  speakers: [{ name: 'Ann' }],
  failure: null,
};

const insight = {
  ...{ project: 'Sales', definition: 'Discount', answer: '10 %', analyst: 'local', isLocal: true },
  quote: { text: 'We can do ten.', turn: 4, atMs: 65_400 },
};

function linesOf(make: typeof jsonReport): { lines: string[]; report: ReturnType<typeof jsonReport> } {
  const lines: string[] = [];
  return { lines, report: make((line) => lines.push(line)) };
}

const volatility = { share: 0.125, interval: { low: 0.022, high: 0.471 }, rating: 'MEDIUM', restsOnFew: true };
const figures = { compared: 8, changed: 1, added: 0, removed: 0, volatility };
const cardOf = (yes: number) => ({
  ...{ __typename: 'YesNoCard' as const, title: 'Deadline', yes, no: 8 - yes },
  counts: { answered: 8, notDiscussed: 0, failed: 0, pending: 0 },
});
const reportOf = (yes: number) => ({
  ...{ name: 'Sales', conversations: 8, export: { isEnabled: true }, cards: [cardOf(yes)] },
});
const revision = {
  ...{ revisionId: 'r', change: 'The deadline is one of this year', before: reportOf(4), after: reportOf(3) },
  plan: { conversations: 8, asked: 8, reused: 32 },
  review: {
    ...figures,
    recommendation: { sentence: 'Look at the changes one by one.' },
    definitions: [{ ...figures, definition: { title: 'Deadline' } }],
  },
};

describe('the report of the demo', () => {
  it('shows a revision from the change of a definition to what the report says otherwise', () => {
    const { lines, report } = linesOf(textReport);
    report.revised(revision);
    expect(lines.join('\n')).toBe(
      `
  A definition changes: The deadline is one of this year. The past stays as it is until a revision runs it again.
  Preview: 8 conversations, 8 results asked again, 32 reused.
  The draft beside what is in force:

    Definition  Compared  Changed  Added  Removed  Share   95 %             Volatility
    ----------  --------  -------  -----  -------  ------  ---------------  --------------------
    Deadline    8         1        0      0        12.5 %  2.2 % to 47.1 %  MEDIUM, rests on few
    All         8         1        0      0        12.5 %  2.2 % to 47.1 %  MEDIUM, rests on few

  Look at the changes one by one.
  Published and made live; the report says now:
    Deadline: 4 yes, 4 no → 3 yes, 5 no`,
    );
  });

  it('gives scripts one line for the revision', () => {
    const { lines, report } = linesOf(jsonReport);
    report.revised(revision);
    expect(lines.map((line) => JSON.parse(line))).toEqual([{ revision }]);
  });

  it('gives scripts one line when ready and one line a sample', () => {
    const { lines, report } = linesOf(jsonReport);
    report.ready('http://h', account);
    report.moved(conversation);
    report.ended(conversation, [insight]);
    report.finished([conversation], false);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { url: 'http://h', graphqlUrl: 'http://h/graphql', ...account },
      {
        conversationId: 'c',
        title: 'A call',
        status: 'COMPLETED',
        turnCount: 2,
        wordCount: 5,
        failure: null,
        insights: [insight],
      },
    ]);
  });

  it('shows a person the sign-in, what became of each sample, and what to try next', () => {
    const { lines, report } = linesOf(textReport);
    report.ready('http://h', account);
    report.ended(
      { ...conversation, status: 'FAILED', failure: { stage: 'TRANSCRIPTION', code: 'OBJECT_NOT_FOUND' } },
      [],
    );
    report.ended(conversation, [insight, { ...insight, quote: { text: 'b'.repeat(500), turn: 2, atMs: null } }]);
    const counts = { answered: 3, notDiscussed: 1, failed: 0, pending: 0 };
    const engagement = { __typename: 'BuyerEngagementCard' as const, title: 'Engagement', counts };
    const cards = [{ ...engagement, statistics: { count: 3, mean: 6.25, median: 7 } }];
    report.summed({ name: 'Sales', conversations: 4, export: { isEnabled: true }, cards }, '/data/demo-report.csv');
    report.finished([conversation], true);
    const text = lines.join('\n');
    for (const part of [
      'demo@harmony.example',
      'secret',
      'failed at TRANSCRIPTION with OBJECT_NOT_FOUND',
      '1 of 1',
      'curl',
      'Project "Sales"',
      'Discount: 10 %',
      '“We can do ten.” (at 1:05)',
      'b…” (turn 3)',
      'The local analyst answered',
      'Engagement  3         1              0       6.3 of 10 on average, median 7',
      '/data/demo-report.csv',
    ]) {
      expect(text).toContain(part);
    }
  });
});
