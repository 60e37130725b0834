import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, isInstalled, run, startServer } from './processes.js';
import { skipped, type Servers, type Skipped } from './servers.js';

/** A released state of MinIO that the Go module proxy serves; MinIO has no other version numbers. */
const version = 'v0.0.0-20260212201848-7aac2a2c5b7c';

const target = fileURLToPath(new URL('../../../../tools/minio/target', import.meta.url));

export interface MinioServer {
  readonly kind: 'started';
  readonly server: Servers['minio'];
  /** Stops it and removes the data. */
  stop(): Promise<void>;
}

/**
 * Starts MinIO on a free loopback port with data in a temporary folder; `skipped` where Go is missing or it does not
 * build. The program is built once, which takes minutes, and stays in `tools/minio/target`.
 */
export async function startMinio(): Promise<MinioServer | Skipped> {
  const program = join(target, version, 'minio');
  const missing = await buildOnce(program);
  if (missing) return missing;
  const folder = await mkdtemp(join(tmpdir(), 'harmony-minio-'));
  const address = `127.0.0.1:${await freePort()}`;
  const server = { endpoint: `http://${address}`, accessKey: 'harmony', secretKey: 'harmony-secret' };
  try {
    const minio = await startServer(program, {
      options: ['server', '--quiet', '--address', address, join(folder, 'data')],
      environment: {
        MINIO_ROOT_USER: server.accessKey,
        MINIO_ROOT_PASSWORD: server.secretKey,
        MINIO_BROWSER: 'off',
        MINIO_UPDATE: 'off',
      },
      logFile: join(folder, 'minio.log'),
      isReady: async () => {
        const { ok } = await fetch(`${server.endpoint}/minio/health/ready`);
        if (!ok) throw new Error('MinIO is not ready yet.');
      },
    });
    const stop = async (): Promise<void> => {
      await minio.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    };
    return { kind: 'started', server, stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function buildOnce(program: string): Promise<Skipped | undefined> {
  if (existsSync(program)) return undefined;
  if (!(await isInstalled('go', 'version'))) return skipped('Go is not installed');
  const finished = join(target, version);
  await mkdir(target, { recursive: true });
  const unfinished = await mkdtemp(`${finished}-unfinished-`);
  process.stderr.write('Building MinIO once with Go; this takes some minutes.\n');
  try {
    const build = ['install', '-ldflags=-s -w', `github.com/minio/minio@${version}`];
    await run('go', build, { environment: { GOBIN: unfinished }, withinMs: 900_000 });
    await rename(unfinished, finished).catch((error: unknown) => {
      if (!existsSync(program)) throw error;
    });
    return undefined;
  } catch (error) {
    return skipped(`MinIO could not be built: ${String(error)}`);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
