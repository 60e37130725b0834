import type { Directory, Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import { derivedId, newId } from '@harmony/kernel';
import {
  arbitraryReader,
  arbitraryRequest,
  differences,
  oracleReport,
  readWorld,
  reportJson,
  type OracleReader,
  type OracleRequest,
  type World,
} from '@harmony/report-oracle';
import { appendSteps, sampleLog, type SampleLog, type SampleStep } from '@harmony/sample-log';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { ColumnStore } from '../columns/column-store.js';
import { ResultRows } from '../rows/result-rows.js';
import { RunningReporting } from '../testing/running-reporting.js';
import { ReportQueries } from './report-queries.js';

jest.setTimeout(240_000);

/** Names of people are no figures. */
const namesOf: Pick<Directory, 'namesOf'> = { namesOf: async () => new Map() };

describe('every figure of a report', () => {
  let running: RunningReporting;
  let queries: ReportQueries;
  const logs: SampleLog[] = [];
  /** Reports that were not about nothing. */
  let filled = 0;

  beforeAll(async () => {
    running = await RunningReporting.start();
    const { database, moments, catalogue } = running;
    const rows = new ResultRows(database.scoped, namesOf as Directory);
    const columns = new ColumnStore(database.scoped, database.worker, { work: { reportMemoryMegabytes: 64 } });
    queries = new ReportQueries(moments, catalogue, columns, rows);
    for (const seed of [1, 2]) {
      logs.push(
        sampleLog({
          ...{
            seed,
            workspaceId: derivedId('oracle', seed),
            founderId: derivedId('founder', seed),
            conversations: 60,
            definitions: 13,
            projects: 2,
          },
          ...{ days: 45, until: '2026-06-01T00:00:00.000Z', restlessness: 1 },
        }),
      );
    }
  });
  afterAll(() => running?.close());

  /** What came of it: the report as the API shows it, or the code of the refusal. */
  async function answered(reader: OracleReader, question: OracleRequest): Promise<unknown> {
    try {
      const {
        projectId: _,
        name: _name,
        asOf: _asOf,
        timeZone: _zone,
        export: _export,
        ...view
      } = await queries.report(principalOf(reader), question);
      const cards = view.cards.map((card) => ({
        ...card,
        latest: card.latest.map(({ conversationId, runId, definitionId }) => ({ conversationId, runId, definitionId })),
      }));
      return JSON.parse(JSON.stringify({ ...view, cards }));
    } catch (error) {
      if (error instanceof HarmonyError) return error.code;
      throw error;
    }
  }

  function expected(world: World, reader: OracleReader, request: OracleRequest) {
    try {
      return reportJson(oracleReport(world, reader, request));
    } catch (error) {
      if (error instanceof HarmonyError) return String(error.code);
      throw error;
    }
  }

  function principalOf({ workspaceId, userId, teamIds, conversations, projects }: OracleReader): Principal {
    const permissions = [`conversations:read:${conversations}`, `projects:read:${projects}`];
    return running.reader({ workspaceId, id: userId, userId, teamIds, permissions });
  }

  async function compare(numRuns: number): Promise<void> {
    await running.settled();
    const world = await readWorld(running.store);
    const asked = fc.constantFrom(...logs).chain(({ cast, projectIds }) =>
      fc.record({
        reader: fc.oneof(
          { weight: 15, arbitrary: arbitraryReader(cast.workspaceId, cast.users) },
          { weight: 1, arbitrary: arbitraryReader(newId(), cast.users) },
        ),
        request: arbitraryRequest(world, projectIds),
      }),
    );
    await fc.assert(
      fc.asyncProperty(asked, async ({ reader, request }) => {
        const wanted = expected(world, reader, request);
        if (typeof wanted !== 'string' && wanted.conversations > 1) filled += 1;
        expect(differences(await answered(reader, request), wanted)).toEqual([]);
      }),
      { numRuns },
    );
  }

  it('is what brute force over the log gives, for any filter, moment, display and reader, while the log grows', async () => {
    const steps = logs.map(({ steps: all }) => [...all]);
    for (const [done, part] of [0, 0.4, 0.7, 0.9].entries()) {
      const next = [0.4, 0.7, 0.9, 1][done] ?? 1;
      const between = (all: readonly SampleStep[]): SampleStep[] =>
        all.slice(Math.floor(part * all.length), Math.floor(next * all.length));
      for (const all of steps) await appendSteps(running.store, between(all));
      await compare(40);
    }
    expect(filled).toBeGreaterThan(30);
  });
});
