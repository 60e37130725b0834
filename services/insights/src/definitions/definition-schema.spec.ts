import { HarmonyError, insightTypes, type Question } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { parseDefinitionChanges, parseNewDefinition, parseQuestion } from './definition-schema.js';

const refusalOf = (work: () => unknown): string[] => {
  try {
    work();
    return ['accepted'];
  } catch (error) {
    if (!(error instanceof HarmonyError)) throw error;
    return [error.code, ...error.errors.map(({ pointer }) => pointer)];
  }
};

const repeated = (length: number, part: (index: number) => unknown): unknown[] =>
  Array.from({ length }, (_, index) => part(index));
const items = (count: number) => repeated(count, (index) => ({ key: `k${index}`, text: 'Text' }));
const named = (count: number) => repeated(count, (index) => ({ key: `k${index}`, name: 'Name' }));
const scale = (settings: object) => ({ scale: { question: 'How sure?', ...settings } });
const label = (value: number, text = 'Label') => ({ value, label: text });

const accepted: Readonly<Record<string, [input: unknown, question: Question]>> = {
  'a summary': [{ fixed: 'SUMMARY' }, { type: 'SUMMARY' }],
  'a discount': [{ fixed: 'DISCOUNT' }, { type: 'DISCOUNT' }],
  'buyer engagement': [{ fixed: 'BUYER_ENGAGEMENT' }, { type: 'BUYER_ENGAGEMENT' }],
  'SPIN improvement': [{ fixed: 'SPIN_IMPROVEMENT' }, { type: 'SPIN_IMPROVEMENT' }],
  'SPIN distribution': [{ fixed: 'SPIN_DISTRIBUTION' }, { type: 'SPIN_DISTRIBUTION' }],
  'competitors without names': [{ competitors: { track: null } }, { type: 'COMPETITORS', track: [], exclude: [] }],
  'an open question, trimmed': [
    { openQuestion: { question: ' Why now? ' } },
    { type: 'OPEN_QUESTION', question: 'Why now?' },
  ],
  'a yes/no question': [{ yesNo: { question: 'Next step?' } }, { type: 'YES_NO', question: 'Next step?' }],
  'a checklist': [
    { checklist: { items: [{ key: 'intro', text: 'Introduces themselves' }] } },
    { type: 'CHECKLIST', items: [{ key: 'intro', text: 'Introduces themselves' }] },
  ],
  'a prompt': [{ markdown: { prompt: 'Write' } }, { type: 'MARKDOWN', prompt: 'Write' }],
  'buckets with and without description': [
    {
      group: {
        buckets: [
          { key: 'a', name: 'A', description: null },
          { key: 'b', name: 'B', description: 'Best' },
        ],
      },
    },
    {
      type: 'GROUP',
      buckets: [
        { key: 'a', name: 'A', description: '' },
        { key: 'b', name: 'B', description: 'Best' },
      ],
    },
  ],
  'a scale of 1 to 5 unless told': [
    scale({ labels: null, max: null }),
    { type: 'SCALE', question: 'How sure?', min: 1, max: 5, labels: {} },
  ],
  'a scale with labels': [
    scale({ min: -1, max: 1, labels: [label(-1, 'Bad'), label(1, 'Good')] }),
    { type: 'SCALE', question: 'How sure?', min: -1, max: 1, labels: { '-1': 'Bad', 1: 'Good' } },
  ],
  'a scale of 101 steps': [
    scale({ min: 0, max: 100 }),
    { type: 'SCALE', question: 'How sure?', min: 0, max: 100, labels: {} },
  ],
  'stages of a funnel': [
    {
      funnel: {
        stages: [
          { key: 'met', name: 'Met' },
          { key: 'won', name: 'Won' },
        ],
      },
    },
    {
      type: 'FUNNEL',
      stages: [
        { key: 'met', name: 'Met', description: '' },
        { key: 'won', name: 'Won', description: '' },
      ],
    },
  ],
};

const refused: Readonly<Record<string, [input: unknown, ...pointers: string[]]>> = {
  'no kind at all': [{}, ''],
  'two kinds': [{ fixed: 'SUMMARY', yesNo: { question: 'Q' } }, ''],
  'an unknown kind': [{ poem: {} }, '/poem', ''],
  'an unknown fixed kind': [{ fixed: 'YES_NO' }, '/fixed'],
  'an empty question': [{ yesNo: { question: '' } }, '/yesNo/question'],
  'a question of space': [{ openQuestion: { question: ' \n ' } }, '/openQuestion/question'],
  'a missing question': [{ yesNo: {} }, '/yesNo/question'],
  'a question of 1,001 characters': [{ yesNo: { question: 'x'.repeat(1_001) } }, '/yesNo/question'],
  'a prompt of 20,000 characters': [{ markdown: { prompt: 'x'.repeat(20_000) } }, '/markdown/prompt'],
  'a checklist without items': [{ checklist: { items: [] } }, '/checklist/items'],
  'a checklist of 51 items': [{ checklist: { items: items(51) } }, '/checklist/items'],
  'items with the same key': [{ checklist: { items: [...items(1), ...items(1)] } }, '/checklist/items'],
  'an item without text': [{ checklist: { items: [{ key: 'a', text: '' }] } }, '/checklist/items/0/text'],
  'a key with a space': [{ checklist: { items: [{ key: 'a b', text: 'T' }] } }, '/checklist/items/0/key'],
  'a key of 51 characters': [{ checklist: { items: [{ key: 'k'.repeat(51), text: 'T' }] } }, '/checklist/items/0/key'],
  'one bucket': [{ group: { buckets: named(1) } }, '/group/buckets'],
  '31 buckets': [{ group: { buckets: named(31) } }, '/group/buckets'],
  'buckets with the same key': [{ group: { buckets: [...named(2), ...named(1)] } }, '/group/buckets'],
  'a bucket without a name': [{ group: { buckets: [...named(1), { key: 'b', name: '' }] } }, '/group/buckets/1/name'],
  'one stage': [{ funnel: { stages: named(1) } }, '/funnel/stages'],
  'a scale that goes down': [scale({ min: 5, max: 1 }), '/scale/max'],
  'a scale of one value': [scale({ min: 3, max: 3 }), '/scale/max'],
  'a scale of 102 steps': [scale({ min: 0, max: 101 }), '/scale/max'],
  'a scale beyond 1,000': [scale({ min: 950, max: 1_001 }), '/scale/max'],
  'a scale in halves': [scale({ min: 0.5 }), '/scale/min'],
  'a label outside of the scale': [scale({ labels: [label(6)] }), '/scale/labels'],
  'two labels of one value': [scale({ labels: [label(1), label(1)] }), '/scale/labels'],
  'an empty label': [scale({ labels: [label(1), label(2, ' ')] }), '/scale/labels/1/label'],
  '101 competitors': [{ competitors: { track: repeated(101, String) } }, '/competitors/track'],
  'an empty competitor': [{ competitors: { exclude: ['Acme', ''] } }, '/competitors/exclude/1'],
  'text with the character zero': [{ yesNo: { question: 'a\0b' } }, '/yesNo/question'],
  'half a character': [{ checklist: { items: [{ key: 'a', text: '\ud800' }] } }, '/checklist/items/0/text'],
  'text instead of an object': ['SUMMARY', ''],
};

describe('the question of a definition', () => {
  it.each(Object.entries(accepted))('may be %s', (_, [input, question]) => {
    expect(parseQuestion(input)).toEqual(question);
  });

  it('has a way in for each of the thirteen types', () => {
    const types = new Set(Object.values(accepted).map(([, { type }]) => type));
    expect([...types].sort()).toEqual([...insightTypes].sort());
  });

  it.each(Object.entries(refused))('is refused for %s, by the field', (_, [input, ...pointers]) => {
    expect(refusalOf(() => parseQuestion(input))).toEqual(['INVALID_DEFINITION', ...pointers]);
    const within = pointers.map((pointer) => `/question${pointer}`);
    expect(refusalOf(() => parseNewDefinition({ title: 'T', question: input }))).toEqual([
      'INVALID_DEFINITION',
      ...within,
    ]);
    expect(refusalOf(() => parseDefinitionChanges({ question: input }))).toEqual(['INVALID_DEFINITION', ...within]);
  });
});

describe('a definition', () => {
  const question = { fixed: 'SUMMARY' };

  it('has defaults for what is not said', () => {
    expect(parseNewDefinition({ title: ' Summary ', question, context: null })).toEqual({
      ...{ title: 'Summary', question: { type: 'SUMMARY' }, context: '', usesKnowledge: true },
      ...{ successAnswer: 'YES', desiredOutcome: '', isActive: true },
    });
  });

  it('is changed in what is said and in nothing else', () => {
    expect(parseDefinitionChanges({ title: 'New', context: null })).toEqual({ title: 'New' });
    expect(parseDefinitionChanges({})).toEqual({});
    expect(parseDefinitionChanges({ context: '', isActive: null })).toEqual({ context: '' });
  });

  it.each<[string, object, string]>([
    ['no title', {}, '/title'],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, '/title'],
    ['a title of two lines', { title: 'a\nb' }, '/title'],
    ['a context of 4,001 characters', { title: 'T', context: 'x'.repeat(4_001) }, '/context'],
    ['an outcome of 1,001 characters', { title: 'T', desiredOutcome: 'x'.repeat(1_001) }, '/desiredOutcome'],
    ['a success that is neither yes nor no', { title: 'T', successAnswer: 'MAYBE' }, '/successAnswer'],
    ['an unknown key', { title: 'T', colour: 'red' }, '/colour'],
  ])('is refused for %s', (_, input, pointer) => {
    expect(refusalOf(() => parseNewDefinition({ question, ...input }))).toEqual(['INVALID_DEFINITION', pointer]);
  });

  it('is refused for everything that is wrong with it at once', () => {
    expect(refusalOf(() => parseNewDefinition({ question: { yesNo: { question: '' } }, title: '' }))).toEqual([
      'INVALID_DEFINITION',
      '/question/yesNo/question',
      '/title',
    ]);
  });
});
