import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LogPosition } from '@harmony/event-store';
import { newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import type { Statement } from '../database/run-together.js';
import type { Projection } from '../port.js';
import { conversationProjection } from '../testing/conversation-projection.js';
import { startProjectionFixture, type ProjectionFixture } from '../testing/projection-fixture.js';
import { BatchTransactions, batchLock, type Batch } from './batch-transactions.js';
import { announced, claimCheckpoint, progressChannel, type Checkpoint } from './checkpoint.js';

jest.setTimeout(60_000);

const projections = ['one.sample', 'two.sample', 'three.sample'].map((name): Projection => ({
  ...conversationProjection,
  name,
}));
const to: LogPosition = { major: 7n, minor: 1n };

describe('transactions of read models', () => {
  let fixture: ProjectionFixture;
  let transactions: BatchTransactions;
  let checkpoints: Checkpoint[];
  beforeAll(async () => {
    fixture = await startProjectionFixture(projections);
  });
  beforeEach(async () => {
    const { worker } = fixture.database;
    transactions = new BatchTransactions(worker);
    await fixture.server.pool.query('update projections.checkpoints set major = 0, minor = 0');
    checkpoints = await Promise.all(projections.map(({ name }) => claimCheckpoint(worker, name, newId())));
  });
  afterAll(() => fixture.close());

  /** Moves the checkpoint, after whatever else it is to do. */
  const batch = (checkpoint: Checkpoint, others: readonly Statement[] = []): Batch => ({
    ...{ projection: checkpoint.name, bytes: 0 },
    begin: () => ({
      ...{ checkpoint, wanted: [] },
      finish: () => ({
        ...{ statements: others, parked: new Map() },
        advance: { to, events: 1, unknownEvents: 0, rate: 0 },
      }),
    }),
  });
  const writeAll = (batches: readonly Batch[]) => Promise.allSettled(batches.map(transactions.write));
  const outcomes = (settled: readonly PromiseSettledResult<unknown>[]): string[] => settled.map(({ status }) => status);
  /** Where they stand, and by how many transactions they were moved there. */
  const moved = async (): Promise<{ there: number; transactions: number }> => {
    const { rows } = await fixture.server.pool.query<{ there: number; transactions: number }>(
      `select count(*)::int as there, count(distinct xmin::text)::int as transactions
         from projections.checkpoints where major = $1 and minor = $2`,
      [String(to.major), String(to.minor)],
    );
    return rows[0] ?? { there: 0, transactions: 0 };
  };

  it('take what comes at the same time together, and announce it at once', async () => {
    const heard: string[] = [];
    const listener = await fixture.database.connectWorker();
    listener.on('notification', ({ payload = '' }) => heard.push(payload));
    await listener.query(`listen ${progressChannel}`);
    // When three projections write at the same time
    const settled = await writeAll(checkpoints.map((checkpoint) => batch(checkpoint)));
    // Then one transaction moves them all, and one notice says so
    expect(outcomes(settled)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(await moved()).toEqual({ there: 3, transactions: 1 });
    await listener.query('select 1');
    expect(heard.map((payload) => announced(payload).map(({ projection }) => projection))).toEqual([
      ['one.sample', 'three.sample', 'two.sample'],
    ]);
    await listener.end();
  });

  it('do not wait for the disk, since the log has it all', async () => {
    const [one] = checkpoints as [Checkpoint];
    const isOff = { text: `select 1 / (current_setting('synchronous_commit') = 'off')::int` };
    expect(outcomes(await writeAll([batch(one, [isOff])]))).toEqual(['fulfilled']);
  });

  it('give each its own transaction where one of them is refused', async () => {
    const [one, two, three] = checkpoints as [Checkpoint, Checkpoint, Checkpoint];
    const refused = batch(two, [{ text: `select 'nothing like a number'::text::int` }]);
    const settled = await writeAll([batch(one), refused, batch(three)]);
    expect(outcomes(settled)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: { code: '22P02' } });
    expect(await moved()).toEqual({ there: 2, transactions: 2 });
  });

  it('say to whom a checkpoint does not belong any more, and to nobody else', async () => {
    const [one, two, three] = checkpoints as [Checkpoint, Checkpoint, Checkpoint];
    await claimCheckpoint(fixture.database.worker, two.name, newId());
    const settled = await writeAll([batch(one), batch(two), batch(three)]);
    expect(outcomes(settled)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: { code: 'CHECKPOINT_CONFLICT' } });
  });

  it('try nothing again that may have been committed when their connection was lost', async () => {
    const [one, two] = checkpoints as [Checkpoint, Checkpoint];
    // Given a transaction of two that waits for somebody
    const { pool } = fixture.server;
    const somebody = await pool.connect();
    await somebody.query('begin; select pg_advisory_xact_lock(1)');
    let begun = 0;
    const held = batch(one, [{ text: 'select pg_advisory_xact_lock(1)' }]);
    const writing = writeAll([{ ...held, begin: () => ((begun += 1), held.begin()) }, batch(two)]);
    // When its connection is lost
    await eventually(async () => {
      const sql = `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted`;
      expect((await pool.query(sql)).rowCount).toBe(1);
    });
    const settled = await writing;
    await somebody.query('commit');
    somebody.release();
    // Then both are told, and nothing was tried again
    expect(settled.map((one) => one.status === 'rejected' && one.reason)).toMatchObject([
      { code: 'DATABASE_UNAVAILABLE' },
      { code: 'DATABASE_UNAVAILABLE' },
    ]);
    expect([begun, (await moved()).there]).toEqual([1, 0]);
  });

  it('go past one that is held up', async () => {
    // Given a replay that holds the first projection
    const [one, two] = checkpoints as [Checkpoint, Checkpoint];
    const replay = await fixture.database.connectWorker();
    await replay.query('begin');
    await replay.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [batchLock(one.name)]);
    const held = transactions.write(batch(one));
    await new Promise((resolve) => setImmediate(resolve));
    // When another one writes
    await transactions.write(batch(two));
    // Then it is there, and the first one as soon as it is let go
    expect((await moved()).there).toBe(1);
    await replay.query('commit');
    await held;
    expect((await moved()).there).toBe(2);
    await replay.end();
  });
});
