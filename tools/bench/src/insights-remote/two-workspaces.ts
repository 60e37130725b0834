import { startProcess } from '@harmony/runtime';
import { composition, createWorkspaceWithKey } from '@harmony/service-all-in-one';

/** Harmony in a process of its own with two workspaces, whose keys it prints; ends when it is told to. */
const running = await startProcess({ composition, environment: process.env, target: 'all' });
const keyOf = async (name: string): Promise<string> => {
  const wish = { name, email: `admin@${name}.example`, password: `${name} password 1` };
  return (await createWorkspaceWithKey(running.backends, wish)).apiKey;
};
const ready = { url: running.url, large: await keyOf('large'), small: await keyOf('small') };
process.once('SIGTERM', () => void running.stop().then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify(ready)}\n`);
