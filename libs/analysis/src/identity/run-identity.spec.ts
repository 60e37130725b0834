import type { Question } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runIdentity, type AnswerInputs } from './run-identity.js';

const origin = { engine: 'local', model: 'local-1', parameters: { temperature: 0 }, templateVersion: '1' };
const items = [
  { key: 'price', text: 'The price was named' },
  { key: 'date', text: 'A date was named' },
];
const inputs: AnswerInputs = {
  question: { type: 'CHECKLIST', items },
  context: '',
  usesKnowledge: true,
  origin,
  knowledge: 'We sell lamps.',
  handbook: '',
  language: 'en',
  transcript: { version: 1, title: 'Lamps', startedAt: null, voices: [{ code: 'A', name: 'Ann', role: 'HOST' }] },
  extraction: { version: 1, origin },
};
const withQuestion = (question: Question): string => runIdentity({ ...inputs, question });

describe('the run identity', () => {
  it('is a SHA-256 in hex', () => expect(runIdentity(inputs)).toMatch(/^[0-9a-f]{64}$/));

  it.each<[string, Partial<AnswerInputs>]>([
    ['the question', { question: { type: 'CHECKLIST', items: items.slice(1) } }],
    ['its context', { context: 'Lamps only.' }],
    ['the model', { origin: { ...origin, model: 'local-2' } }],
    ['a parameter', { origin: { ...origin, parameters: { temperature: 1 } } }],
    ['the template', { origin: { ...origin, templateVersion: '2' } }],
    ['the knowledge', { knowledge: 'We sell shelves.' }],
    ['the handbook', { handbook: 'Customers are members.' }],
    ['whether knowledge is used', { usesKnowledge: false }],
    ['the language', { language: 'fr' }],
    ['the transcript', { transcript: { ...inputs.transcript, version: 2 } }],
    ['the title', { transcript: { ...inputs.transcript, title: 'Shelves' } }],
    ['the day', { transcript: { ...inputs.transcript, startedAt: '2026-03-01T10:00:00.000Z' } }],
    ['a speaker', { transcript: { ...inputs.transcript, voices: [{ code: 'A', name: 'Ann', role: 'CUSTOMER' }] } }],
    ['the extraction', { extraction: { version: 2, origin } }],
  ])('changes with %s', (_what, change) => {
    expect(runIdentity({ ...inputs, ...change })).not.toBe(runIdentity(inputs));
  });

  it('does not depend on knowledge that is not used', () => {
    const without = { ...inputs, usesKnowledge: false };
    expect(runIdentity({ ...without, knowledge: 'a', handbook: 'b' })).toBe(runIdentity(without));
  });

  it('does not depend on the order of items, buckets and names, but on that of stages', () => {
    const parts = ['a', 'b', 'c'].map((key) => ({ key, name: key, description: '' }));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: 3 }), (shuffled) => {
        expect(withQuestion({ type: 'GROUP', buckets: shuffled })).toBe(
          withQuestion({ type: 'GROUP', buckets: parts }),
        );
        const names = shuffled.map(({ name }) => name);
        expect(withQuestion({ type: 'COMPETITORS', track: names, exclude: [] })).toBe(
          withQuestion({ type: 'COMPETITORS', track: ['c', 'b', 'a'], exclude: [] }),
        );
      }),
    );
    const turned = [...parts].reverse();
    expect(withQuestion({ type: 'FUNNEL', stages: turned })).not.toBe(withQuestion({ type: 'FUNNEL', stages: parts }));
  });

  it('does not depend on the order in which fields were written', () => {
    const written = Object.fromEntries(Object.entries(inputs).reverse()) as unknown as AnswerInputs;
    expect(runIdentity(written)).toBe(runIdentity(inputs));
  });
});
