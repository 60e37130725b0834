import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import {
  smallConversation,
  smallFolder,
  smallGold,
  smallProject,
  withFolder,
  type FilesOf,
} from '../testing/calls-folder.js';
import { loadFolder } from './load-folder.js';

const load = (files: FilesOf, below = '') => withFolder(files, (folder) => loadFolder(join(folder, below)));

/** Codes, and the file by its path below the folder. */
const problemsOf = (files: FilesOf) =>
  withFolder(files, async (folder) => {
    const { problems } = await loadFolder(folder);
    return problems.map(({ code, file }) => `${code} ${file.slice(folder.length + 1)}`);
  });

const other = { 'other/project.json': { ...smallProject, name: 'other' }, 'other/1.json': smallConversation };

describe('Loading a folder of calls', () => {
  it('finds projects at any depth, and the project that the folder is itself', async () => {
    for (const below of ['', 'deep', 'deep/small']) {
      const { cases, problems } = await load(smallFolder, below);
      expect(problems).toEqual([]);
      expect(cases).toHaveLength(1);
      expect(cases[0]).toMatchObject({
        project: { name: below === 'deep/small' ? 'small' : below === '' ? 'deep/small' : 'small' },
        definition: { key: 'day', question: { type: 'YES_NO', question: 'Did they name a day?' } },
        conversation: {
          title: 'Lamps',
          startedAt: '2026-03-02T09:00:00Z',
          voices: [
            { code: 'A', name: 'Ada', role: 'HOST' },
            { code: 'B', name: 'Ben', role: 'CUSTOMER' },
          ],
          turns: [{ text: 'When shall we talk again?' }, { text: 'On Tuesday.', startMs: 1_000, speaker: 'B' }],
        },
        gold: { type: 'YES_NO', expected: { answer: 'YES', turns: [1] } },
      });
    }
  });

  it('takes two projects with equal names for two', async () => {
    const { cases } = await load({ ...smallFolder, ...other, 'other/1.gold.json': smallGold });
    expect(cases.map(({ project }) => project.name)).toEqual(['deep/small', 'other']);
  });

  it('says when there is nothing to load', async () => {
    expect(await problemsOf({})).toEqual(['NO_PROJECT ']);
    expect(await problemsOf({ 'deep/project.json': smallProject })).toEqual(['NO_CONVERSATION deep']);
    const { problems } = await load(smallFolder, 'nowhere');
    expect(problems).toMatchObject([{ code: 'FOLDER_NOT_FOUND' }]);
  });

  it.each<[string, FilesOf]>([
    ['INVALID_JSON deep/small/project.json', { 'deep/small/project.json': '{' }],
    ['PROJECT_INVALID deep/small/project.json', { 'deep/small/project.json': { name: 'small' } }],
    ['INVALID_JSON deep/small/01-lamps.json', { 'deep/small/01-lamps.json': 'no JSON' }],
    [
      'CONVERSATION_INVALID deep/small/01-lamps.json',
      { 'deep/small/01-lamps.json': { ...smallConversation, turns: [] } },
    ],
    [
      'CONVERSATION_INVALID deep/small/01-lamps.json',
      { 'deep/small/01-lamps.json': { ...smallConversation, startedAt: 'May' } },
    ],
    ['GOLD_MISSING deep/small/02.json', { 'deep/small/02.json': smallConversation }],
    ['CONVERSATION_MISSING deep/small/02.gold.json', { 'deep/small/02.gold.json': smallGold }],
    ['INVALID_JSON deep/small/01-lamps.gold.json', { 'deep/small/01-lamps.gold.json': '' }],
    ['GOLD_INVALID deep/small/01-lamps.gold.json', { 'deep/small/01-lamps.gold.json': [] }],
    [
      'GOLD_INVALID deep/small/01-lamps.gold.json',
      { 'deep/small/01-lamps.gold.json': { results: { day: { answer: 'MAYBE' } } } },
    ],
    [
      'GOLD_INVALID deep/small/01-lamps.gold.json',
      { 'deep/small/01-lamps.gold.json': { results: { day: { answer: 'NO', turns: [2] } } } },
    ],
    ['GOLD_INCOMPLETE deep/small/01-lamps.gold.json', { 'deep/small/01-lamps.gold.json': { results: {} } }],
  ])('names the file of %s, and goes on with the others', async (expected, broken) => {
    // Given a folder with one broken file, and another project that is whole
    const files = { ...smallFolder, ...broken, ...other, 'other/1.gold.json': smallGold };
    // When it is loaded
    const { cases } = await load(files);
    // Then the broken one is named, and the other project is there
    expect(await problemsOf(files)).toEqual([expected]);
    expect(cases.some(({ project }) => project.name === 'other')).toBe(true);
  });

  it('leaves out a definition that is wrong, and keeps those beside it', async () => {
    const day = smallProject.definitions[0];
    const definitions = [
      { key: 'scale', type: 'SCALE', question: 'How?', min: 5, max: 1 },
      { key: 'odd', type: 'RIDDLE' },
      day,
      day,
    ];
    const files = { ...smallFolder, 'deep/small/project.json': { ...smallProject, definitions } };
    expect(await problemsOf(files)).toEqual(Array(3).fill('DEFINITION_INVALID deep/small/project.json'));
    expect((await load(files)).cases).toHaveLength(1);
  });

  it('refuses gold that speaks of what its definition does not have', async () => {
    const buckets = ['a', 'b'].map((key) => ({ key, name: key }));
    const files = {
      ...smallFolder,
      'deep/small/project.json': { ...smallProject, definitions: [{ key: 'group', type: 'GROUP', buckets }] },
      'deep/small/01-lamps.gold.json': { results: { group: { bucket: 'c' } } },
    };
    expect(await problemsOf(files)).toEqual(['GOLD_INVALID deep/small/01-lamps.gold.json']);
  });
});
