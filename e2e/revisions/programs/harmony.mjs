/** All of Harmony with one workspace, whose key it prints: the same one on every start with the same folder. */
import { startProcess } from '@harmony/runtime';
import { composition, createWorkspaceWithKey } from '@harmony/service-all-in-one';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, port: { type: 'string' }, 'data-dir': { type: 'string' } },
});
const folder = values['data-dir'];
const running = await startProcess({
  composition,
  environment: process.env,
  target: 'all',
  overrides: { HARMONY_PORT: values.port, HARMONY_DATA_DIR: folder, LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' },
});

async function account() {
  const file = join(folder, 'account.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8'));
  const wish = { name: 'Model', email: 'admin@model.example', password: 'Model password 1' };
  const made = { ...wish, ...(await createWorkspaceWithKey(running.backends, wish)) };
  await writeFile(file, JSON.stringify(made));
  return made;
}

const { email, password, workspaceId, apiKey } = await account();
process.once('SIGTERM', () => void running.stop().then(() => process.exit(0)));
const { url } = running;
process.stdout.write(
  `${JSON.stringify({ url, graphqlUrl: `${url}/graphql`, apiKey, email, password, workspaceId })}\n`,
);
