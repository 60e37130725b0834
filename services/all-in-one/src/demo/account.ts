import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const accountSchema = z.object({
  workspaceId: z.uuid(),
  email: z.email(),
  password: z.string().min(1),
  apiKey: z.string().regex(/^lk_[0-9a-f]{64}$/),
});

/** How to sign in to the demo workspace. */
export type DemoAccount = z.output<typeof accountSchema>;

/** What the product makes for a new workspace; the demo only remembers it. */
export type CreateAccount = (wish: {
  email: string;
  password: string;
}) => Promise<{ workspaceId: string; apiKey: string }>;

/**
 * The demo's account, made on the first start and the same on every later one.
 * It is kept in the data directory, readable by its owner only, since keys are shown once and never stored by Harmony.
 */
export async function demoAccount(dataDirectory: string, create: CreateAccount): Promise<DemoAccount> {
  const file = join(dataDirectory, 'demo-account.json');
  const existing = await readFile(file, 'utf8').catch(() => undefined);
  if (existing !== undefined) return accountSchema.parse(JSON.parse(existing));
  const wish = { email: 'demo@harmony.example', password: randomBytes(9).toString('base64url') };
  const account = { ...wish, ...(await create(wish)) };
  await writeFile(file, `${JSON.stringify(account, undefined, 2)}\n`, { mode: 0o600 });
  return account;
}
