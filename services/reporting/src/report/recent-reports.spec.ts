import { everything } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reportDisplay } from '../domain/display.js';
import { reportOf, type ReportRequest } from '../domain/report.js';
import { columnsOf, definitions, goalId, record, records, reader, scorecardId } from '../testing/arbitrary-columns.js';
import { RecentReports } from './recent-reports.js';

const catalogue = {
  definitions,
  goals: [{ id: goalId, name: 'Qualified' }],
  scorecards: [{ id: scorecardId, name: 'Craft' }],
};
const request = (who: ReportRequest['reader']): ReportRequest => ({
  ...{ filter: everything, display: reportDisplay.parse({ interval: 'MONTH' }), reader: who, includeInactive: false },
});

describe('a report that was counted before', () => {
  it('is what counting gives, whoever asks and whatever has changed since', () => {
    fc.assert(
      fc.property(records, record, reader, reader, (conversations, changed, one, another) => {
        const recent = new RecentReports();
        const columns = columnsOf(conversations);
        const other = columnsOf([changed]);
        const check = (): void => {
          for (const asked of [columns, other]) {
            for (const who of [one, another, one]) {
              expect(recent.of(asked, catalogue, request(who))).toEqual(reportOf(asked, catalogue, request(who)));
            }
          }
        };
        check();
        columns.put(changed);
        check();
        columns.remove(changed.conversationId);
        check();
      }),
      { numRuns: 15 },
    );
  });

  it('is not counted again', () => {
    const recent = new RecentReports();
    const columns = columnsOf([]);
    const asked = request({ scope: 'all', userId: '', teamIds: [] });
    const first = recent.of(columns, catalogue, asked);
    expect(recent.of(columns, { ...catalogue }, { ...asked })).toBe(first);
    expect(recent.of(columns, { ...catalogue, goals: [] }, asked)).not.toBe(first);
  });
});
