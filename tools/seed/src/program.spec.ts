import { describe, expect, it } from '@jest/globals';
import { buildProgram } from './program.js';
import type { SeedWish } from './wish.js';

async function wishOf(...words: string[]): Promise<SeedWish | undefined> {
  let asked: SeedWish | undefined;
  const program = buildProgram(async (wish) => void (asked = wish));
  program.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(words, { from: 'user' });
  return asked;
}

describe('the command line of seed', () => {
  it('has something sensible for everything that is left out', async () => {
    expect(await wishOf()).toMatchObject({ conversations: 1_000, definitions: 10, days: 180, seed: 1, changes: 0.05 });
    expect(await wishOf('--conversations', '7', '--workspace', 'w', '--data-dir', 'd')).toMatchObject({
      ...{ conversations: 7, workspaceId: 'w', dataDirectory: 'd' },
    });
  });

  it.each([
    ['--conversations', '-1'],
    ['--conversations', '1e3'],
    ['--days', '0'],
    ['--changes', '1.5'],
    ['--nonsense', '1'],
  ])('refuses %s %s', async (...words) => {
    await expect(wishOf(...words)).rejects.toMatchObject({ code: expect.stringContaining('commander.') });
  });
});
