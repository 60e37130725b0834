/** All of Harmony with one empty workspace, whose key it prints: the same one on every start with the same folder. */
import { runProcess } from '@harmony/runtime';
import { composition, createWorkspaceWithKey } from '@harmony/service-all-in-one';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, port: { type: 'string' }, 'data-dir': { type: 'string' } },
});
const folder = values['data-dir'];
const overrides = {
  HARMONY_PORT: values.port,
  HARMONY_DATA_DIR: folder,
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
};

async function accountOf({ backends }) {
  const file = join(folder, 'account.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8'));
  const wish = { name: 'Test', email: 'admin@harmony.example', password: 'Harmony password 1' };
  const made = { ...wish, ...(await createWorkspaceWithKey(backends, wish)) };
  await writeFile(file, JSON.stringify(made));
  return made;
}

await runProcess({ composition, environment: process.env, target: 'all', overrides }, async (running, stopping) => {
  const stopped = new Promise((resolve) => {
    stopping.addEventListener('abort', resolve);
    if (stopping.aborted) resolve();
  });
  const { email, password, workspaceId, apiKey } = await accountOf(running);
  const { url } = running;
  process.stdout.write(
    `${JSON.stringify({ url, graphqlUrl: `${url}/graphql`, apiKey, email, password, workspaceId })}\n`,
  );
  await stopped;
  return 0;
});
