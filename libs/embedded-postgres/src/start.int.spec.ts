import { eventually } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { runningEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from './index.js';
import { inspectProcess } from './processes.js';
import { buildHolder, kill, readyHolder, spawnHolder, spawnZombie } from './testing/children.js';

const timeLimit = 120_000;

let scratch: string;
let messages: string[] = [];
let children: ChildProcess[] = [];
let servers: EmbeddedPostgres[] = [];

const logger = {
  info: (message: string) => void messages.push(message),
  warn: (message: string) => void messages.push(message),
};
const directory = (name = 'kept'): string => join(scratch, name);
const cluster = (name?: string): string => join(directory(name), 'postgres');

async function start(name?: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDirectory: directory(name), logger });
  servers.push(server);
  return server;
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client
    .query<Record<string, unknown>>(statement)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

const child = (started: ChildProcess): ChildProcess => {
  children.push(started);
  return started;
};

const clusterAccount = async (): Promise<{ uid?: number; gid?: number }> => {
  const { uid, gid } = await stat(cluster());
  return process.getuid?.() === 0 ? { uid, gid } : {};
};

/** Leaves the lock file that a server has which was killed with everything that belonged to it. */
async function leaveLockFileOf(pid: number): Promise<void> {
  const server = await start();
  const file = join(cluster(), 'postmaster.pid');
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
  await server.stop();
  await writeFile(file, [pid, ...rest].join('\n'));
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'harmony-embedded-'));
  await buildHolder();
}, timeLimit);

afterEach(async () => {
  for (const started of children) started.kill('SIGKILL');
  for (const server of servers) await server.stop();
  [children, servers, messages] = [[], [], []];
}, timeLimit);

afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('the embedded PostgreSQL', () => {
  it(
    'is made at the first start, and the second start finds its data, port and password again',
    async () => {
      const first = await start();
      await query(first.url, 'create table kept as select 42 as answer');
      await first.stop();
      const second = await start();
      expect(second.url).toBe(first.url);
      expect(second.adopted).toBe(false);
      expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    },
    timeLimit,
  );

  it(
    'is durable, listens on the loopback only, and keeps its password for its owner',
    async () => {
      const { url } = await start();
      const setting = async (name: string): Promise<unknown> => (await query(url, `show ${name}`))[0]?.[name];
      expect(await setting('fsync')).toBe('on');
      expect(await setting('synchronous_commit')).toBe('on');
      expect(await setting('listen_addresses')).toBe('127.0.0.1');
      expect(await setting('unix_socket_directories')).toBe('');
      expect((await stat(join(cluster(), 'harmony.json'))).mode & 0o777).toBe(0o600);
      expect(messages.join()).not.toContain(new URL(url).password);
      await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/);
    },
    timeLimit,
  );

  it(
    'takes another port when the remembered one is taken, and remembers that',
    async () => {
      const before = await start();
      await before.stop();
      const port = Number(new URL(before.url).port);
      const intruder = createServer().listen(port, '127.0.0.1');
      const after = await start();
      expect(new URL(after.url).port).not.toBe(String(port));
      await after.stop();
      intruder.close();
      expect((await start()).url).toBe(after.url);
    },
    timeLimit,
  );

  it(
    'is started again on the same address when it is killed, with everything that was acknowledged',
    async () => {
      const server = await start();
      await query(server.url, 'create table acknowledged as select 1 as id');
      const { pid } = server;
      process.kill(pid, 'SIGKILL');
      await eventually(() => expect(server.pid).not.toBe(pid), { withinMs: 60_000 });
      expect(await query(server.url, 'select id from acknowledged')).toEqual([{ id: 1 }]);
      expect(messages).toContain(`postgres pid ${pid} ended by itself; it is started again`);
    },
    timeLimit,
  );

  it(
    'stops as often as it is told to, and leaves no process and nothing but its data',
    async () => {
      const server = await start();
      await Promise.all([server.stop(), server.stop()]);
      await server.stop();
      expect(await inspectProcess(server.pid)).toBeUndefined();
      expect((await readdir(directory())).sort()).toEqual([
        expect.stringMatching(/^harmony\.lock\.\d+$/),
        'postgres',
        'postgres.log',
      ]);
    },
    timeLimit,
  );
});

describe('after kill -9 of Node', () => {
  it(
    'the server that was left running is adopted, and the log says so',
    async () => {
      const holder = child(spawnHolder(directory()));
      const orphan = await readyHolder(holder);
      await query(orphan.url, 'create table orphaned as select 7 as id');
      await kill(holder);
      const server = await start();
      expect(server).toMatchObject({ adopted: true, pid: orphan.pid, url: orphan.url });
      expect(messages).toEqual([`adopted postgres pid ${orphan.pid}`]);
      expect(await query(server.url, 'select id from orphaned')).toEqual([{ id: 7 }]);
      await server.stop();
      expect((await inspectProcess(orphan.pid))?.zombie ?? true).toBe(true);
    },
    timeLimit,
  );

  it(
    'an adopted server that is killed later is started again too',
    async () => {
      const holder = child(spawnHolder(directory()));
      await readyHolder(holder);
      await kill(holder);
      const server = await start();
      const { pid } = server;
      process.kill(pid, 'SIGKILL');
      await eventually(() => expect(server.pid).not.toBe(pid), { withinMs: 60_000 });
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    },
    timeLimit,
  );

  it(
    'and of the server at the same time, the next start recovers by itself',
    async () => {
      const holder = child(spawnHolder(directory()));
      const { pid, url } = await readyHolder(holder);
      await query(url, 'create table survivor as select 3 as id');
      process.kill(pid, 'SIGKILL');
      await kill(holder);
      const server = await start();
      expect(server.adopted).toBe(false);
      expect(await query(server.url, 'select id from survivor')).toEqual([{ id: 3 }]);
    },
    timeLimit,
  );

  it(
    'in the middle of the first initialisation, the next start wipes the half and begins anew',
    async () => {
      const holder = child(spawnHolder(directory('half')));
      const unfinished = async (): Promise<string[]> =>
        (await readdir(directory('half'))).filter((name) => name.includes('unfinished'));
      await eventually(async () => {
        const [name = 'none'] = (await unfinished()).filter((entry) => !entry.endsWith('.password'));
        await stat(join(directory('half'), name, 'PG_VERSION'));
      });
      await kill(holder);
      expect(await unfinished()).not.toEqual([]);
      const server = await start('half');
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(await unfinished()).toEqual([]);
    },
    timeLimit,
  );
});

describe('a stale lock file of the server', () => {
  it(
    'is passed over when its process id now belongs to another program, which is left alone',
    async () => {
      const program = child(spawn('sleep', ['120'], { ...(await clusterAccount()), stdio: 'ignore' }));
      await leaveLockFileOf(program.pid ?? 0);
      expect((await start()).adopted).toBe(false);
      expect(messages).toContain(`cleared a stale lock file of postgres: pid ${program.pid} is another program`);
      expect(program.exitCode ?? program.signalCode).toBeNull();
    },
    timeLimit,
  );

  it(
    'is passed over when its process has ended and was never reaped',
    async () => {
      const zombie = await spawnZombie(await clusterAccount());
      child(zombie.parent);
      await leaveLockFileOf(zombie.pid);
      expect((await start()).adopted).toBe(false);
      expect(messages).toContain(`cleared a stale lock file of postgres: pid ${zombie.pid} is a server that has ended`);
    },
    timeLimit,
  );
});

describe('a second Harmony on the same data directory', () => {
  it(
    'is refused, with the process that has it, and can look in from beside it',
    async () => {
      const server = await start();
      await expect(start()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE', facts: { pid: process.pid } });
      expect(await runningEmbeddedPostgres(directory())).toBe(server.url);
      await server.stop();
      expect(await runningEmbeddedPostgres(directory())).toBeUndefined();
    },
    timeLimit,
  );

  it(
    'wins exactly once when both start at the same moment',
    async () => {
      const results = await Promise.allSettled([start(), start(), start()]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    },
    timeLimit,
  );
});

describe('a data directory that cannot be used is explained in one sentence, and left as it is', () => {
  const refusal = async (name?: string): Promise<string> => {
    const error = await start(name).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'DATA_DIRECTORY_BROKEN' });
    const { message } = error as Error;
    expect(message).not.toContain('undefined');
    expect(message).not.toContain('\n');
    return message;
  };

  it(
    'when another major version made it',
    async () => {
      await (await start()).stop();
      const file = join(cluster(), 'PG_VERSION');
      const version = await readFile(file, 'utf8');
      await writeFile(file, '13\n');
      expect(await refusal()).toMatch(/was made by PostgreSQL 13, and this Harmony brings PostgreSQL \d+/);
      await writeFile(file, version);
      await start();
    },
    timeLimit,
  );

  it(
    'when the file with the password is gone',
    async () => {
      await (await start()).stop();
      const file = join(cluster(), 'harmony.json');
      const settings = await readFile(file);
      await rm(file);
      expect(await refusal()).toContain('holds the password');
      await writeFile(file, settings, { mode: 0o600 });
    },
    timeLimit,
  );

  it('when it holds something else', async () => {
    await mkdir(cluster('other'), { recursive: true });
    await writeFile(join(cluster('other'), 'thesis.txt'), 'years of work');
    expect(await refusal('other')).toContain('holds files, but no finished PostgreSQL cluster');
    expect(await readFile(join(cluster('other'), 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  it('when it is a file, or cannot be written', async () => {
    await writeFile(directory('file'), '');
    expect(await refusal('file')).toContain('cannot be written');
    expect(await refusal('file/below')).toContain('cannot be written');
  });

  it(
    'when the server refuses its contents',
    async () => {
      await (await start()).stop();
      const control = join(cluster(), 'global', 'pg_control');
      const contents = await readFile(control);
      await writeFile(control, Buffer.alloc(contents.length));
      expect(await refusal()).toMatch(/PostgreSQL did not start in .*: .+ Mend that/);
      await writeFile(control, contents);
      await start();
    },
    timeLimit,
  );
});
