import { verify } from '@harmony/read-model';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { draws, historyCast, historyOf, type Happening } from '../testing/random-history.js';
import { RunningReporting } from '../testing/running-reporting.js';
import { reportsProjection } from './reports.projection.js';

jest.setTimeout(180_000);

describe('the log alone', () => {
  let reporting: RunningReporting;
  beforeAll(async () => {
    reporting = await RunningReporting.start();
  });
  afterAll(() => reporting.close());

  /** Moments of a revision's life: as it is asked for, while it runs, made live, taken back. */
  const isTurn = ({ fact: { type } }: Happening): boolean =>
    ['RevisionRequested', 'RevisionPublished', 'RevisionMadeLive'].includes(type);

  it('gives the same rows at any moment of a revision’s life, whatever happened in whatever order', async () => {
    let made = 0;
    const restless = draws.filter((drawn) => drawn.filter(({ choice }) => choice === 'MAKE_LIVE').length > 1);
    await fc.assert(
      fc.asyncProperty(restless, fc.infiniteStream(fc.boolean()), async (drawn, chosen) => {
        for (const happening of historyOf(historyCast(), drawn)) {
          await reporting.append(happening.stream, [happening.fact], { occurredAt: happening.occurredAt });
          if (!isTurn(happening) || chosen.next().value !== true) continue;
          await reporting.settled();
          const compared = await verify(reportsProjection, { database: reporting.database, store: reporting.store });
          expect(compared).toMatchObject({ differences: 0, examples: [] });
          made += 1;
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
    expect(made).toBeGreaterThan(2);
  });
});
