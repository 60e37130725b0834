import type { Directory, Principal } from '@harmony/access';
import { exportRequest, HarmonyError, streams } from '@harmony/contracts';
import { derivedId, fact, newId, systemClock } from '@harmony/kernel';
import { arbitraryReader, type OracleReader } from '@harmony/report-oracle';
import { appendSteps, sampleLog, type SampleLog } from '@harmony/sample-log';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCsv } from '@harmony/testing';
import fc from 'fast-check';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { ExportSession } from '../exports/write/export-session.js';
import { fileBytes } from '../exports/write/file-bytes.js';
import { ResultRows } from '../rows/result-rows.js';
import { NaiveReview } from '../testing/naive-review.js';
import { RunningReporting } from '../testing/running-reporting.js';
import { PrepareChanges } from './export/prepare-changes.js';
import { ReviewedRevisions } from './reviewed-revisions.js';
import { changeFilters, RevisionChanges, type ChangeFilter } from './revision-changes.js';
import { RevisionReviews } from './revision-reviews.js';

jest.setTimeout(240_000);

const side = z.object({ runId: z.uuid(), evidence: z.array(z.looseObject({ quote: z.string() })) }).nullable();
const line = z.object({
  conversation: z.looseObject({ id: z.uuid() }),
  definition: z.looseObject({ id: z.uuid() }),
  ...{ kind: z.string(), cause: z.string().nullable(), before: side, after: side },
});

/** Names of people are no matter of a comparison; revisions are switched on. */
const directory = { namesOf: async () => new Map(), isEnabled: async () => true } as Partial<Directory> as Directory;

describe('the comparison of a revision with what is in force', () => {
  let running: RunningReporting;
  let reviews: RevisionReviews;
  let changes: RevisionChanges;
  const logs: SampleLog[] = [];

  beforeAll(async () => {
    running = await RunningReporting.start();
    const { database, moments, catalogue } = running;
    const revisions = new ReviewedRevisions(database.scoped, directory, moments, catalogue);
    reviews = new RevisionReviews(database.scoped, revisions);
    changes = new RevisionChanges(database.scoped, revisions, new ResultRows(database.scoped, directory));
    for (const seed of [3, 4]) {
      const wish = { seed, workspaceId: derivedId('review', seed), founderId: derivedId('founder', seed) };
      const size = { conversations: 50, definitions: 13, projects: 2, days: 45, restlessness: 1 };
      logs.push(sampleLog({ ...wish, ...size, until: '2026-06-01T00:00:00.000Z' }));
    }
  });
  afterAll(() => running?.close());

  function principalOf({ workspaceId, userId, teamIds, conversations, projects }: OracleReader): Principal {
    const permissions = [`conversations:read:${conversations}`, `projects:read:${projects}`];
    return running.reader({ workspaceId, id: userId, userId, teamIds, permissions });
  }

  /** All pages, each a few rows long. */
  async function allChanges(principal: Principal, revisionId: string, filter: ChangeFilter, first: number) {
    const found = [];
    let after: string | null = null;
    for (;;) {
      const question = { revisionId, definitionId: null, changes: filter };
      const page = await changes.page(principal, question, { first, after });
      found.push(...page.edges.map(({ node }) => node));
      if (!page.pageInfo.hasNextPage) return found;
      after = page.pageInfo.endCursor;
    }
  }

  const figuresOf = async (principal: Principal, revisionId: string) => {
    const review = await reviews.review(principal, revisionId);
    const plain = ({ compared, changed, added, removed, affected, failed, causes, noise }: typeof review) => ({
      ...{ compared, changed, added, removed, affected, failed },
      causes: new Map(causes.map(({ cause, cells }) => [cause, cells])),
      repeats: { changed: noise.changed, compared: noise.compared },
    });
    return { review, plain };
  };

  async function compare(naive: NaiveReview, reader: OracleReader, revisionId: string): Promise<number> {
    const principal = principalOf(reader);
    const { review, plain } = await figuresOf(principal, revisionId).catch((error: unknown) => {
      if (error instanceof HarmonyError && error.code === 'UNKNOWN_REVISION') return { review: null, plain: null };
      throw error;
    });
    if (!review) return 0;
    expect(plain(review)).toEqual(naive.figures(reader, revisionId));
    expect(review.conversations).toEqual(naive.conversations(reader, revisionId));
    expect(review.isFinished).toBe(naive.isFinished(revisionId));
    expect(review.comparedWith).toBe(naive.liveAt(revisionId) === undefined ? 'IN_FORCE_NOW' : 'IN_FORCE_BEFORE');
    for (const one of review.definitions) {
      const { definition, flips, shift } = one;
      expect(plain({ ...review, ...one })).toEqual(naive.figures(reader, revisionId, definition.id));
      const counted = flips?.map(({ before, after, cells }) => [JSON.stringify([before, after]), cells] as const);
      if (counted) expect(new Map(counted)).toEqual(naive.flips(reader, revisionId, definition.id));
      const numbers = naive.numbers(reader, revisionId, definition.id);
      const total = numbers.reduce((sum, [before, after]) => sum + after - before, 0);
      if (numbers.length > 0 && shift) expect(shift.mean).toBeCloseTo(total / numbers.length, 8);
      expect(shift?.count ?? 0).toBe(numbers.length);
    }
    return review.affected;
  }

  async function compareRows(naive: NaiveReview, reader: OracleReader, revisionId: string, filter: ChangeFilter) {
    const rows = await allChanges(principalOf(reader), revisionId, filter, 7);
    const shown = rows.map(({ kind, cause, conversation, definitionId, before, after }) => ({
      ...{ conversationId: conversation.id, definitionId, kind, cause },
      ...{ beforeRun: before?.runId ?? null, afterRun: after?.runId ?? null },
    }));
    const wanted = naive.changes(reader, revisionId).filter(({ kind }) => filter === 'ALL' || kind === filter);
    expect(shown).toEqual(wanted);
  }

  /** Of each revision two conversations are tried again, and one of them fails before it begins. */
  async function failSome(naive: NaiveReview): Promise<void> {
    for (const revisionId of naive.revisionIds.slice(0, 6)) {
      const projectId = naive.projectOf(revisionId);
      const workspaceId = naive.workspaceOf(revisionId);
      const tried = naive.conversationsOf(workspaceId).slice(0, 2);
      const conversations = tried.map((conversationId) => ({
        ...{ conversationId, runId: newId(), stage: 'INSIGHTS' as const, asked: [], repeated: [] },
      }));
      const about = { revisionId, projectId, attempt: 2 };
      const batch = fact('RevisionBatchPlanned', { ...about, conversations });
      await running.append(streams.revisionPlan(revisionId), [batch], { workspaceId });
      const [one] = conversations;
      if (!one) continue;
      const { conversationId, runId } = one;
      const failed = { conversationId, runId, kind: 'REVISION', revisionId, code: 'ANALYST_FAILED' } as const;
      await running.append(streams.insights(conversationId), [fact('InsightsRunFailed', failed)], { workspaceId });
    }
  }

  it('is what brute force over the log gives, in figures and row by row, for any revision and reader, while the log grows', async () => {
    let affected = 0;
    let done = 0;
    const histories = logs.map(({ steps }) => [...steps]);
    for (const part of [0.6, 1]) {
      for (const steps of histories) {
        const upTo = Math.ceil(steps.length * part);
        await appendSteps(running.store, steps.slice(Math.ceil(steps.length * done), upTo));
      }
      done = part;
      if (part === 1) await failSome(await NaiveReview.read(running.store));
      await running.settled();
      const naive = await NaiveReview.read(running.store);
      const asked = fc.constantFrom(...logs).chain(({ cast }) =>
        fc.record({
          reader: arbitraryReader(cast.workspaceId, cast.users),
          revisionId: fc.constantFrom(...naive.revisionIds),
          filter: fc.constantFrom(...changeFilters),
        }),
      );
      await fc.assert(
        fc.asyncProperty(asked, async ({ reader, revisionId, filter }) => {
          const found = await compare(naive, reader, revisionId);
          affected += found;
          if (found > 0) await compareRows(naive, reader, revisionId, filter);
        }),
        { numRuns: 25 },
      );
    }
    expect(affected).toBeGreaterThan(0);
  });

  async function fileOf(reader: Principal, revisionId: string, projectId: string, format: 'CSV' | 'JSONL') {
    const { database, moments, catalogue } = running;
    const revisions = new ReviewedRevisions(database.scoped, directory, moments, catalogue);
    const prepare = new PrepareChanges(revisions, catalogue, { http: { publicUrl: undefined } } as never, systemClock);
    const request = exportRequest.parse({ projectId, kind: 'CHANGES', revisionId, format });
    const prepared = await prepare.execute(reader, request);
    const session = await ExportSession.open(() => database.connectReader(), new AbortController().signal);
    try {
      await session.enter(prepared.workspaceId);
      expect(await session.count(prepared)).toBeGreaterThan(0);
      return await text(fileBytes(prepared, session.copy(prepared)));
    } finally {
      await session.close();
    }
  }

  it('says what made results change of those that were looked into against what it compares with', async () => {
    const naive = await NaiveReview.read(running.store);
    const { workspaceId } = logs[0]?.cast ?? { workspaceId: '' };
    const all = { conversations: 'all', projects: 'all' } as const;
    const oracle = { ...all, userId: newId(), teamIds: [], workspaceId };
    const changedOf = (id: string) => naive.changes(oracle, id).filter(({ kind }) => kind === 'CHANGED');
    const revisionId = naive.revisionIds.find(
      (id) => naive.workspaceOf(id) === workspaceId && changedOf(id).length > 2,
    );
    const [looked, stale, pending] = changedOf(revisionId ?? '');
    if (!revisionId || !looked || !stale || !pending) throw new Error('The sample has no revision to look into.');
    const projectId = naive.projectOf(revisionId);
    const request = { revisionId, projectId, requestedBy: newId() };
    const place = ({ conversationId, definitionId, afterRun, beforeRun }: typeof looked) => ({
      ...{ conversationId, definitionId, runId: afterRun ?? '', beforeRunId: beforeRun ?? '' },
    });
    const changes = [place(looked), { ...place(stale), beforeRunId: newId() }, place(pending)];
    // Given somebody who asks for more than what is drawn here
    await running.append(
      streams.revisions(projectId),
      [fact('RevisionAttributionRequested', { revisionId, projectId, sample: 40 })],
      { workspaceId },
    );
    await running.append(streams.revisionPlan(revisionId), [fact('RevisionChangesDrawn', { ...request, changes })], {
      workspaceId,
    });
    const effects = [{ cause: 'ANALYST_CHANGED', isChanged: true } as const];
    for (const change of changes.slice(0, 2)) {
      await running.append(
        streams.insights(change.conversationId),
        [
          fact('ChangeAttributed', {
            ...{ ...change, projectId, revisionId, definitionVersion: 1, resultId: newId(), effects, durationMs: 1 },
            origin: { engine: 'scripted', model: 'script', parameters: {}, templateVersion: '1' },
            usage: { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 },
          }),
        ],
        { workspaceId },
      );
    }
    await running.settled();
    const { attribution, definitions } = await reviews.review(principalOf(oracle), revisionId);
    expect(attribution).toMatchObject({ isDrawing: true, drawn: 2, pending: 1, attributed: 1 });
    const own = definitions.find(({ definition }) => definition.id === looked.definitionId)?.attribution;
    expect(own?.causes).toMatchObject([{ cause: 'ANALYST_CHANGED', tried: 1, changed: 1, share: 1 }]);
    const nobody = { ...oracle, conversations: 'own' } as const;
    expect((await reviews.review(principalOf(nobody), revisionId)).attribution).toMatchObject({ drawn: 0 });
  });

  it('is exported row by row, with both quotes, as CSV and as JSONL', async () => {
    const naive = await NaiveReview.read(running.store);
    for (const { cast, projectIds } of logs) {
      const all = { conversations: 'all', projects: 'all' } as const;
      const oracle = { ...all, userId: newId(), teamIds: [], workspaceId: cast.workspaceId };
      const principal = running.reader({ workspaceId: cast.workspaceId });
      const mine = naive.revisionIds.filter((id) => projectIds.includes(naive.projectOf(id)));
      const revisionId = mine.find((id) => naive.figures(oracle, id).affected > 0) ?? '';
      const wanted = naive.changes(oracle, revisionId).filter(({ kind }) => kind !== 'UNCHANGED');
      const lines = (await fileOf(principal, revisionId, naive.projectOf(revisionId), 'JSONL'))
        .split('\n')
        .slice(0, -1);
      const read = lines.map((one) => line.parse(JSON.parse(one)));
      const keyOf = (parts: readonly (string | null)[]): string => JSON.stringify(parts);
      expect(
        read
          .map(({ conversation, definition, kind, cause, before, after }) =>
            keyOf([conversation.id, definition.id, kind, cause, before?.runId ?? null, after?.runId ?? null]),
          )
          .sort(),
      ).toEqual(
        wanted
          .map((one) => keyOf([one.conversationId, one.definitionId, one.kind, one.cause, one.beforeRun, one.afterRun]))
          .sort(),
      );
      const [header, ...rows] = parseCsv(await fileOf(principal, revisionId, naive.projectOf(revisionId), 'CSV'));
      const [quote, kind, ...answers] = [
        'Quote after',
        'Change',
        'Answer before',
        'Answer after',
        'Outcome before',
        'Outcome after',
      ].map((name) => header?.indexOf(name) ?? -1);
      for (const row of rows.filter((one) => one[kind ?? -1] === 'CHANGED')) {
        const [before, after, was, is] = answers.map((at) => row[at]);
        expect([before, was]).not.toEqual([after, is]);
      }
      const said = (values: (string | null | undefined)[]): string[] => values.flatMap((value) => value ?? []).sort();
      expect(rows).toHaveLength(wanted.length);
      expect(said(rows.map((row) => row[quote ?? -1])).length).toBe(
        said(read.map(({ after }) => after?.evidence[0]?.quote)).length,
      );
    }
  });

  it('is refused without the flag, and unknown to who may not see the project', async () => {
    const naive = await NaiveReview.read(running.store);
    const [revisionId = ''] = naive.revisionIds;
    const off = { ...directory, isEnabled: async () => false } as Directory;
    const { database, moments, catalogue } = running;
    const revisions = new ReviewedRevisions(database.scoped, off, moments, catalogue);
    await expect(revisions.find(running.reader(), revisionId)).rejects.toMatchObject({ code: 'FEATURE_DISABLED' });
    for (const id of [revisionId, newId(), 'none'])
      await expect(reviews.review(running.reader(), id)).rejects.toMatchObject({ code: 'UNKNOWN_REVISION' });
  });

  it('refuses a page of none, a definition of another project and a cursor of another question', async () => {
    const naive = await NaiveReview.read(running.store);
    const { cast } = logs[0]!;
    const reader = running.reader({ workspaceId: cast.workspaceId });
    const revisionId = naive.revisionIds.find((id) => logs[0]!.projectIds.includes(naive.projectOf(id))) ?? '';
    const question = { revisionId, definitionId: null, changes: 'ALL' } as const;
    await expect(changes.page(reader, question, { first: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const foreign = { ...question, definitionId: newId() };
    await expect(changes.page(reader, foreign, { first: 1 })).rejects.toMatchObject({ code: 'UNKNOWN_DEFINITION' });
    const { pageInfo } = await changes.page(reader, question, { first: 1 });
    const after = pageInfo.endCursor;
    const other = { ...question, changes: 'CHANGED' } as const;
    await expect(changes.page(reader, other, { first: 1, after })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
