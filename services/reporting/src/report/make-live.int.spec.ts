import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ColumnKeeper } from '../columns/column-keeper.js';
import { RunningReporting } from '../testing/running-reporting.js';
import { readings, TwoRevisions, type Reading } from '../testing/two-revisions.js';

jest.setTimeout(900_000);

const [readers, conversations, flips] = [16, 20_000, 50];

describe('making a revision live over 20,000 conversations', () => {
  let running: RunningReporting;
  let two: TwoRevisions;
  let keeper: ColumnKeeper;
  const warn = jest.fn();
  beforeAll(async () => {
    running = await RunningReporting.start();
    two = await TwoRevisions.of(running, conversations);
    const { scoped, worker } = running.database;
    keeper = new ColumnKeeper(two.columns, scoped, worker, { warn } as never);
    await two.publish();
  });
  afterAll(async () => {
    await keeper.onModuleDestroy();
    expect(warn).not.toHaveBeenCalled();
    await running.close();
  });

  type Answers = ReadonlyMap<Reading, string>;

  async function answers(asOf: string | null = null, columns = two.columns): Promise<Answers> {
    const digests = readings.map(
      async (what) => [what, await two.read(what, { asOf, revisionId: null }, columns)] as const,
    );
    return new Map(await Promise.all(digests));
  }

  /** What a process says that has prepared nothing, and when that was. */
  async function liveAnswers(revisionId: string): Promise<{ readonly now: Answers; readonly at: string }> {
    await two.makeLive(revisionId);
    return { now: await answers(null, two.newColumns()), at: new Date().toISOString() };
  }

  it('shows every reader the one state or the other, at once and never a mix, however often it goes back and forth', async () => {
    const [first, second] = two.revisionIds;
    const [ofSecond, ofFirst] = [await liveAnswers(second), await liveAnswers(first)];
    expect(await two.yes()).toBe(1);
    expect(readings.filter((what) => ofFirst.now.get(what) === ofSecond.now.get(what))).toEqual([]);
    const past = [await answers(ofFirst.at), await answers(ofSecond.at)];
    keeper.onApplicationBootstrap();

    const seen = new Map<string, number>();
    let isOver = false;
    const reader = async (what: Reading): Promise<void> => {
      while (!isOver) {
        const said = await two.read(what);
        const state = said === ofFirst.now.get(what) ? 'first' : said === ofSecond.now.get(what) ? 'second' : 'a mix';
        seen.set(`${what}: ${state}`, (seen.get(`${what}: ${state}`) ?? 0) + 1);
      }
    };
    const reading = Array.from({ length: readers }, (_, index) =>
      reader(index === 0 ? 'csv' : index % 4 === 0 ? 'rows' : 'report'),
    );
    try {
      for (let flip = 0; flip < flips; flip += 1) {
        const [revisionId, expected] = flip % 2 === 0 ? [second, ofSecond] : [first, ofFirst];
        await two.makeLive(revisionId);
        const at = flip % 3 === 0 ? 'rows' : 'report';
        expect([flip, await two.read(at)]).toEqual([flip, expected.now.get(at)]);
      }
    } finally {
      isOver = true;
      await Promise.all(reading);
    }
    const both = readings.flatMap((what) => [`${what}: first`, `${what}: second`]);
    expect([...seen.keys()].sort()).toEqual(both.sort());

    // Rolled back one by one, each leads to what was shown before it.
    for (let flip = flips - 1; flip >= flips - 4; flip -= 1) {
      await two.rollBack();
      const expected = flip % 2 === 0 ? ofFirst : ofSecond;
      expect(await answers()).toEqual(expected.now);
    }

    // Two moments of the past, the present, what was before it, and what it would be with the former one live again.
    await eventually(() => expect(two.columns.size.sets).toBeLessThanOrEqual(5), { withinMs: 30_000 });

    // As of a time before the flips nothing has moved by a byte.
    expect([await answers(ofFirst.at), await answers(ofSecond.at)]).toEqual(past);
  });
});
