import { HarmonyError } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { atOnce } from '../slices.js';
import type { Transcript } from '../transcript.js';
import { maximumErrors } from './check-turns.js';
import { maximumTurns } from './format.js';
import { renderStructuredTranscriptSchema } from './json-schema.js';
import { readStructured } from './read-structured.js';

const ann = { id: 'p1', name: 'Ann', email: 'ann@example.com', role: 'HOST' };
const bob = { id: 'p2', name: 'Bob' };
const hello = { participantId: 'p1', startMs: 100, endMs: 900, text: 'Hello there.' };

const read = (file: unknown): Transcript =>
  atOnce(readStructured(typeof file === 'string' ? file : JSON.stringify(file)));
const withTurns = (...turns: unknown[]): unknown => ({ participants: [ann, bob], turns });

function refusal(file: unknown): { code: string; pointers: string[] } {
  try {
    read(file);
  } catch (error) {
    if (!(error instanceof HarmonyError)) throw error;
    return { code: error.code, pointers: error.errors.map(({ pointer }) => pointer) };
  }
  throw new Error('The file was accepted.');
}

describe('a structured transcript', () => {
  it('keeps every turn with its number and times, and its speakers by order of appearance', () => {
    const { turns, speakers } = read(withTurns({ participantId: 'p2', text: 'Hi.' }, hello, { ...hello, text: '' }));
    expect(turns).toEqual([
      { index: 0, speaker: 'A', text: 'Hi.', startMs: null, endMs: null },
      { index: 1, speaker: 'B', text: 'Hello there.', startMs: 100, endMs: 900 },
      { index: 2, speaker: 'B', text: '', startMs: 100, endMs: 900 },
    ]);
    expect(speakers).toEqual([
      { code: 'A', name: 'Bob', words: 1, turns: 1 },
      { code: 'B', name: 'Ann', email: 'ann@example.com', role: 'HOST', words: 2, turns: 2 },
    ]);
  });

  it('names whoever says nothing last', () => {
    expect(read(withTurns(hello)).speakers.map(({ name, turns }) => [name, turns])).toEqual([
      ['Ann', 1],
      ['Bob', 0],
    ]);
  });

  it('keeps two people of one name apart', () => {
    const twins = { participants: [ann, { ...ann, id: 'p2' }], turns: [hello, { ...hello, participantId: 'p2' }] };
    expect(read(twins).speakers.map(({ code, name }) => [code, name])).toEqual([
      ['A', 'Ann'],
      ['B', 'Ann'],
    ]);
  });

  it('keeps turns in their order when times go backwards from one to the next, since people talk at the same time', () => {
    const turns = [5_000, 1_000, 3_000].map((startMs) => ({ participantId: 'p1', startMs, text: `at ${startMs}` }));
    expect(read(withTurns(...turns)).turns.map(({ startMs }) => startMs)).toEqual([5_000, 1_000, 3_000]);
  });

  it.each([
    ['right to left', 'שלום, מה שלומך?'],
    ['marks of direction', '\u202Eabc\u202C'],
    ['emoji of several characters', '👩‍👩‍👧‍👦 🇳🇱 👍🏽'],
    ['line breaks and spaces', '  one\n\n two\t'],
  ])('keeps text with %s as it is', (_title, text) => {
    expect(read(withTurns({ ...hello, text })).turns[0]?.text).toBe(text);
  });

  it('replaces what no database takes', () => {
    expect(read(withTurns({ ...hello, text: 'a\0b\uD800c' })).turns[0]?.text).toBe('a\uFFFDb\uFFFDc');
  });

  it('cuts a turn that is too long, and loses no word', () => {
    const text = 'word '.repeat(30_000).trim();
    const { turns } = read(withTurns({ ...hello, text }));
    expect(turns.length).toBeGreaterThan(2);
    expect(turns.map((turn) => turn.text).join(' ')).toBe(text);
    expect([turns[0]?.startMs, turns[0]?.endMs, turns.at(-1)?.startMs, turns.at(-1)?.endMs]).toEqual([
      100,
      null,
      null,
      900,
    ]);
  });

  it(`may have ${maximumTurns} turns and not one more`, () => {
    const turns = Array.from({ length: maximumTurns }, (_, index) => ({ participantId: 'p1', text: `t${index}` }));
    expect(read({ participants: [ann], turns }).turns).toHaveLength(maximumTurns);
    expect(refusal({ participants: [ann], turns: [...turns, ...turns.slice(0, 1)] })).toEqual({
      code: 'INVALID_INPUT',
      pointers: ['/turns'],
    });
  });

  it.each([
    ['an unknown participant', withTurns(hello, { ...hello, participantId: 'p9' }), ['/turns/1/participantId']],
    ['an end before the start', withTurns({ ...hello, endMs: 99 }), ['/turns/0/endMs']],
    ['a time before the start of all', withTurns({ ...hello, startMs: -1 }), ['/turns/0/startMs']],
    ['a time of many years', withTurns({ ...hello, endMs: 3_000_000_000 }), ['/turns/0/endMs']],
    ['a turn without text', withTurns({ participantId: 'p1' }), ['/turns/0/text']],
    ['a property that nobody knows', withTurns({ ...hello, 'a/b': 1 }), ['/turns/0/a~1b']],
    [
      'two participants of one id',
      { participants: [ann, { ...bob, id: 'p1' }], turns: [hello] },
      ['/participants/1/id'],
    ],
    ['nobody', { participants: [], turns: [hello] }, ['/participants']],
    ['no turn', withTurns(), ['/turns']],
    ['another role', { participants: [{ ...ann, role: 'BOSS' }], turns: [hello] }, ['/participants/0/role']],
    ['another shape', [1, 2], ['']],
  ])('with %s is refused where it is wrong', (_title, file, pointers) => {
    expect(refusal(file)).toEqual({ code: 'INVALID_INPUT', pointers });
  });

  it('without a word, or that is no JSON, is refused with a code of its own', () => {
    expect(refusal(withTurns({ ...hello, text: ' ' })).code).toBe('EMPTY_TRANSCRIPT');
    expect(refusal('{"participants": [').code).toBe('INVALID_JSON');
  });

  it('that is wrong everywhere is refused with the first places', () => {
    expect(refusal(withTurns(...Array.from({ length: 10_000 }, () => 7))).pointers).toHaveLength(maximumErrors);
  });

  it('loses nothing of any turn', () => {
    const turn = fc.record({
      participantId: fc.constantFrom('p1', 'p2'),
      text: fc.string({ unit: 'grapheme', maxLength: 30 }),
      startMs: fc.option(fc.nat()),
    });
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 20 }), (turns) => {
        const input = [...turns, hello];
        const { turns: kept, speakers } = read(withTurns(...input));
        const nameOf = (code: string) => speakers.find((one) => one.code === code)?.name;
        expect(kept.map(({ text, startMs, speaker }) => [text, startMs, nameOf(speaker)])).toEqual(
          input.map(({ text, startMs, participantId }) => [
            text.replace(/\0/gu, '\uFFFD'),
            startMs ?? null,
            participantId === 'p1' ? 'Ann' : 'Bob',
          ]),
        );
      }),
    );
  });
});

it('the published schema names every property, and that no other is known', () => {
  const schema = JSON.parse(renderStructuredTranscriptSchema()) as {
    properties: Record<string, { items?: { properties: object; additionalProperties: boolean } }>;
    additionalProperties: boolean;
    required: string[];
  };
  expect(schema).toMatchObject({ required: ['participants', 'turns'], additionalProperties: false });
  expect(Object.keys(schema.properties)).toEqual([
    ...['title', 'medium', 'startedAt', 'team', 'tags', 'participants', 'turns'],
  ]);
  expect(Object.keys(schema.properties['turns']?.items?.properties ?? {})).toEqual([
    ...['participantId', 'startMs', 'endMs', 'text'],
  ]);
});
