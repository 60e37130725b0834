import { describe, expect, it } from '@jest/globals';
import { everything, type ReportFilter } from '@harmony/contracts';
import fc from 'fast-check';
import {
  columnsOf,
  dayMs,
  definitions,
  filter as arbitraryFilter,
  firstDay,
  goalId,
  reader as arbitraryReader,
  records as arbitraryRecords,
  scorecardId,
} from '../testing/arbitrary-columns.js';
import type { ConversationRecord } from '../columns/conversation.js';
import { naiveFigures } from '../testing/naive-figures.js';
import { cellsOf, isWithin, mayRead, naiveCounts, passes } from '../testing/naive-report.js';
import { reportDisplay } from './display.js';
import { headline } from './figures/figures.js';
import type { Reader } from './mask.js';
import { reportOf } from './report.js';

const catalogue = {
  definitions,
  goals: [{ id: goalId, name: 'Qualified' }],
  scorecards: [{ id: scorecardId, name: 'Craft' }],
};
const everybody: Reader = { scope: 'all', userId: '', teamIds: [] };
const days = reportDisplay.parse({ interval: 'DAY' });

const report = (conversations: readonly ConversationRecord[], filter: ReportFilter, reader: Reader, display = days) =>
  reportOf(columnsOf(conversations), catalogue, { filter, display, reader, includeInactive: false });

const selected = (conversations: readonly ConversationRecord[], filter: ReportFilter, reader: Reader) =>
  conversations.filter((one) => passes(one, filter) && mayRead(one, reader));

const bounds = ({ from, to }: ReportFilter): [number, number] => [
  from === null ? -Infinity : Date.parse(from),
  to === null ? Infinity : Date.parse(to),
];

const isStated = (value: unknown): boolean => value !== undefined;

describe('a report', () => {
  it('has for every card the figures that counting conversation by conversation gives', () => {
    fc.assert(
      fc.property(arbitraryRecords, arbitraryFilter, arbitraryReader, (conversations, filter, reader) => {
        const { cards, conversations: count } = report(conversations, filter, reader);
        const [from, to] = bounds(filter);
        const counted = selected(conversations, filter, reader).filter((one) => isWithin(one, from, to));

        expect(count).toBe(counted.length);
        for (const { definition, counts, figures } of cards) {
          const cells = cellsOf(counted, definition);
          expect(counts).toEqual(naiveCounts(cells));
          expect(figures).toEqual(naiveFigures(definition, cells));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has in every point of a trend what took place in it, and nothing is lost between points', () => {
    fc.assert(
      fc.property(arbitraryRecords, arbitraryFilter, (conversations, filter) => {
        const { cards, conversations: count } = report(conversations, filter, everybody);
        const counted = selected(conversations, filter, everybody);
        const [from, to] = bounds(filter);
        for (const { definition, trend } of cards) {
          const points = trend ?? [];
          expect(points.every((point, at) => at === 0 || point.start === points[at - 1]!.start + dayMs)).toBe(true);
          for (const { start, value, asked } of points) {
            const within = counted.filter((one) => isWithin(one, Math.max(from, start), Math.min(to, start + dayMs)));
            const cells = cellsOf(within, definition);
            expect(asked).toBe(cells.length);
            expect(value).toBe(headline(naiveFigures(definition, cells), naiveCounts(cells).answered));
          }
        }
        const ofRule = report(conversations, filter, everybody).goals[0]!;
        expect(ofRule.trend!.reduce((sum, { met }) => sum + met, 0)).toBe(ofRule.met);
        expect(cards[0]!.trend!.length > 0).toBe(count > 0 || filter.from !== null);
      }),
      { numRuns: 30 },
    );
  });

  it('compares a range of two ends with as long a time right before it, by the same filter', () => {
    fc.assert(
      fc.property(arbitraryRecords, arbitraryFilter, arbitraryReader, (conversations, filter, reader) => {
        const { cards, previous } = report(conversations, filter, reader);
        if (filter.from === null) return expect(previous).toBeNull();
        const [from, to] = bounds(filter);
        const before = selected(conversations, filter, reader).filter((one) => isWithin(one, 2 * from - to, from));

        expect(previous?.conversations).toBe(before.length);
        for (const card of cards) {
          const { pending: _, ...counts } = naiveCounts(cellsOf(before, card.definition));
          expect(card.previous).toMatchObject(counts);
        }
      }),
    );
  });

  it('names the latest answers of types in words, the newest first', () => {
    fc.assert(
      fc.property(arbitraryRecords, fc.integer({ min: 0, max: 3 }), (conversations, latest) => {
        const { cards } = report(conversations, everything, everybody, reportDisplay.parse({ latest }));
        const summary = cards.find(({ definition }) => definition.type === 'SUMMARY')!;
        const answered = conversations
          .filter((one) => cellsOf([one], summary.definition).some(({ outcome }) => outcome === 'ANSWERED'))
          .sort(
            (left, right) =>
              right.happenedAt - left.happenedAt || (left.conversationId < right.conversationId ? -1 : 1),
          );
        expect(summary.latest.map(({ conversationId }) => conversationId)).toEqual(
          answered.slice(0, latest).map(({ conversationId }) => conversationId),
        );
      }),
    );
  });

  it('is the same whether conversations came at once or changed into what they are', () => {
    fc.assert(
      fc.property(arbitraryRecords, arbitraryRecords, (before, after) => {
        const columns = columnsOf(before);
        for (const { conversationId } of before) columns.remove(conversationId);
        for (const conversation of after) columns.put(conversation);
        const request = { filter: everything, display: days, reader: everybody, includeInactive: false };
        expect(reportOf(columns, catalogue, request)).toEqual(report(after, everything, everybody));
      }),
    );
  });

  it('never says 0 where there is nothing to share', () => {
    const { cards, goals, scorecards, range } = report([], everything, everybody);
    expect(
      cards.every(({ value, trend, previous }) => value === null && trend?.length === 0 && previous === null),
    ).toBe(true);
    expect(goals[0]).toMatchObject({ met: 0, share: null, previous: null });
    expect(scorecards[0]).toMatchObject({ count: 0, mean: null, median: null });
    expect(range).toBeNull();
    expect(cards.map(({ figures }) => figures).every(isStated)).toBe(true);
  });

  it('shows empty points too, and lists show counts without trends', () => {
    const filter = {
      ...everything,
      from: new Date(firstDay).toISOString(),
      to: new Date(firstDay + 3 * dayMs).toISOString(),
    };
    expect(report([], filter, everybody).cards[0]!.trend).toHaveLength(3);
    const list = report([], filter, everybody, reportDisplay.parse({ as: 'LIST' }));
    expect(list.cards[0]!.trend).toBeNull();
    expect(list.interval).toBeNull();
  });

  it('leaves out what is switched off or removed, unless it is asked for', () => {
    const [first, second, ...rest] = definitions;
    const some = [{ ...first!, isActive: false }, { ...second!, isActive: false, isRemoved: true }, ...rest];
    const shown = (includeInactive: boolean) =>
      reportOf(
        columnsOf([]),
        { ...catalogue, definitions: some },
        { filter: everything, display: days, reader: everybody, includeInactive },
      ).cards.length;
    expect([shown(false), shown(true)]).toEqual([definitions.length - 2, definitions.length]);
  });
});
