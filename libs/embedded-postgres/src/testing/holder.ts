import { startEmbeddedPostgres } from '../index.js';

/** A process that tests start and kill: it holds the data directory of its first argument and says when it is ready. */
const say = (fact: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify(fact)}\n`);
const logger = { info: (message: string) => say({ message }), warn: (message: string) => say({ message }) };
const [dataDirectory = ''] = process.argv.slice(2);
const { url, pid, adopted } = await startEmbeddedPostgres({ dataDirectory, logger });
say({ url, pid, adopted });
setInterval(() => undefined, 60_000);
