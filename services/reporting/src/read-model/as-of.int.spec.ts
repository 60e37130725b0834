import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { NaiveInForce } from '../testing/naive-in-force.js';
import { draws, historyCast, historyOf, type Happening, type HistoryCast } from '../testing/random-history.js';
import { RunningReporting } from '../testing/running-reporting.js';
import { cellsAsOf, tableAsOf } from './as-of.js';
import { inForceSql } from './in-force.js';
import type { RequestedMoment } from './moment.js';

jest.setTimeout(120_000);

describe('what is in force, now and as of any time and revision', () => {
  let reporting: RunningReporting;
  beforeAll(async () => {
    reporting = await RunningReporting.start();
  });
  afterAll(() => reporting.close());

  const write = async (history: readonly Happening[]): Promise<void> => {
    for (const { stream, fact, occurredAt } of history) await reporting.append(stream, [fact], { occurredAt });
    await reporting.settled();
  };

  /** Everything that can be asked for: the present, each instant, and the revisions that have run. */
  function momentsOf(
    { revisionIds }: HistoryCast,
    history: readonly Happening[],
    naive: NaiveInForce,
  ): RequestedMoment[] {
    const times = [...new Set(history.map(({ occurredAt }) => occurredAt))];
    const known = revisionIds.filter((id) => naive.knows(id));
    return [
      { asOf: null, revisionId: null },
      ...times.map((asOf) => ({ asOf, revisionId: null })),
      ...known.map((revisionId) => ({ asOf: null, revisionId })),
    ];
  }

  const asked = [
    'run_id',
    'run_kind',
    'revision_id',
    'title',
    'status',
    'team_id',
    'owner_id',
    'tags',
    'custom_fields',
  ];

  it('is what a reading of the whole log gives, whatever happened in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async (drawn) => {
        const cast = historyCast();
        const history = historyOf(cast, drawn);
        await write(history);
        const naive = new NaiveInForce(cast, history);
        for (const requested of momentsOf(cast, history, naive)) {
          const time = naive.timeOf(requested);
          const { sql, parameters } = await inForce(cast, requested);
          const rows = await query<Record<string, unknown> & { run_id: string; conversation_id: string }>(
            `select conversation_id, ${asked.join(', ')}, to_jsonb(happened_at) #>> '{}' as happened_at from (${sql}) s`,
            parameters,
          );
          const found = new Map(rows.map(({ conversation_id: id, ...facts }) => [id, withInstant(facts)]));
          expect(found).toEqual(naive.inForce(requested));
          for (const { run_id } of rows) {
            expect(await outcomeOf(run_id, time)).toBe(naive.outcomeOf(run_id, time));
            expect(await goalOf(run_id, time)).toBe(naive.goalOf(run_id, time));
          }
          const { name, goals, definitions } = await reporting.catalogue.of(reporting.reader(), cast.projectId, {
            asOf: time ?? null,
            revisionId: null,
          });
          const [{ title, version, question } = {}] = definitions;
          expect({ name, goal: goals[0]?.name, title, version, question }).toEqual(naive.project(time));
        }
      }),
      { numRuns: 25 },
    );
  });

  const inForce = async (
    { projectId }: HistoryCast,
    requested: RequestedMoment,
  ): Promise<ReturnType<typeof inForceSql>> =>
    inForceSql(projectId, await reporting.moments.of(reporting.reader(), projectId, requested), 1);

  const query = <Row extends object>(sql: string, parameters: readonly unknown[]): Promise<Row[]> =>
    reporting.database.scoped.query(reporting.workspaceId, sql, parameters);

  const withInstant = (facts: Record<string, unknown>): Record<string, unknown> => ({
    ...facts,
    happened_at: new Date(String(facts['happened_at'])).toISOString(),
  });

  async function outcomeOf(runId: string, time: string | undefined): Promise<string | undefined> {
    const { sql, parameters } = cellsAsOf(time ?? null, 2);
    const rows = await query<{ outcome: string; choice: string | null }>(
      `select outcome, choice from ${sql} c where run_id = $1`,
      [runId, ...parameters],
    );
    expect(rows.every(({ outcome, choice }) => outcome === 'ANSWERED' || choice === null)).toBe(true);
    return rows[0]?.outcome;
  }

  async function goalOf(runId: string, time: string | undefined): Promise<string | undefined> {
    const { sql, parameters } = tableAsOf('scores', time ?? null, 2);
    const rows = await query<{ outcome: string }>(
      `select goals -> 0 ->> 'outcome' as outcome from ${sql} s where run_id = $1`,
      [runId, ...parameters],
    );
    return rows[0]?.outcome;
  }
});
