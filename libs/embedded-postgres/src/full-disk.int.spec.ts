import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from './start.js';
import type { EmbeddedPostgres } from './types.js';

const dataDirectory = mkdtempSync(join(tmpdir(), 'harmony-full-postgres-'));
const isMounted = mountDisk(dataDirectory);
const describeOnSmallDisk = isMounted ? describe : describe.skip;
const reason = isMounted ? '' : ' (skipped: mounting a tmpfs is not allowed here)';

describeOnSmallDisk(`a disk that is full${reason}`, () => {
  const ballast = join(dataDirectory, 'ballast');
  const messages: string[] = [];
  const lost: Error[] = [];
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    const note = (message: string): void => void messages.push(message);
    const logger = { info: note, warn: note };
    server = await startEmbeddedPostgres({ dataDirectory, logger, onLost: (error) => lost.push(error) });
  }, 120_000);
  afterAll(async () => {
    await rm(ballast, { force: true });
    await server.stop();
    execFileSync('umount', ['-l', dataDirectory]);
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('ends the server when its log has no space, and has it back with all it acknowledged when there is some', async () => {
    const client = new pg.Client({ connectionString: server.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create table kept as select 42 as answer');
    await fill(ballast);
    await expect(useUpLog(client)).rejects.toThrow();
    await eventually(
      () => {
        expect(lost).toEqual([]);
        expect(messages.filter((message) => message.includes('full disk')).length).toBeGreaterThan(1);
      },
      { withinMs: 60_000 },
    );
    await rm(ballast);
    expect(await eventually(() => answerOf(server.url), { withinMs: 60_000 })).toBe(42);
    expect(lost).toEqual([]);
  }, 120_000);
});

/** A disk of 200 MB, where this machine lets us mount one. */
function mountDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Takes every free byte. */
async function fill(file: string): Promise<void> {
  for (let bytes = 1024 ** 2; bytes >= 4096;) {
    try {
      await appendFile(file, Buffer.alloc(bytes, 1));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      bytes /= 4;
    }
  }
}

/** Asks for one file of the log after the other. */
async function useUpLog(client: pg.Client): Promise<void> {
  for (;;) await client.query("select pg_logical_emit_message(false, 'test', 'x', true), pg_switch_wal()");
}

async function answerOf(connectionString: string): Promise<unknown> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ answer: number }>('select answer from kept').finally(() => client.end());
  return rows[0]?.answer;
}
