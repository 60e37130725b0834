import { freePort, isInstalled, startServer } from '@harmony/testing';
import { Redis } from 'ioredis';
import { join } from 'node:path';

export interface RedisServer {
  readonly version: string;
  connect(): Redis;
  stop(): Promise<void>;
}

/** A Redis of our own on a free port, every write fsynced before its reply; undefined where Redis is not installed. */
export async function startRedis(folder: string): Promise<RedisServer | undefined> {
  if (!(await isInstalled('redis-server', '--version'))) return undefined;
  const port = await freePort();
  const connect = (): Redis => new Redis({ host: '127.0.0.1', port });
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const server = await startServer('redis-server', {
    options: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...durable],
    logFile: join(folder, 'redis.log'),
    isReady: () => ping(port),
  });
  const client = connect();
  const version = /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? 'unknown';
  client.disconnect();
  return { version, connect, stop: () => server.kill('SIGTERM') };
}

async function ping(port: number): Promise<void> {
  const client = new Redis({ host: '127.0.0.1', port, lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
