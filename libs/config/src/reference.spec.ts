import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { groups } from './groups/index.js';
import { renderConfigurationReference } from './reference.js';
import type { Group } from './variable.js';

describe('the printed reference', () => {
  it('names every variable once', () => {
    const names = Object.values<Group>(groups).flatMap((group) =>
      Object.values(group.variables).map(({ name }) => name),
    );
    expect(new Set(names).size).toBe(names.length);
    const printed = renderConfigurationReference();
    for (const name of names) expect(printed.split(`| \`${name}\` |`)).toHaveLength(2);
  });

  it('is committed as docs/configuration.md; run `npm run generate` after a change', async () => {
    const committed = await readFile(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
    expect(committed).toBe(renderConfigurationReference());
  });
});
