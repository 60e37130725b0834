import { answerInputDigests as digestsSchema, type AnswerInputDigests, type Question } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerInputDigests, AskedInputs, heardInputs } from './asked-inputs.js';
import { runIdentity, type AnswerInputs } from './run-identity.js';

const text = fc.string();
const question: fc.Arbitrary<Question> = fc.oneof(
  text.map((asked): Question => ({ type: 'YES_NO', question: asked })),
  fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
    .map((keys): Question => ({ type: 'CHECKLIST', items: keys.map((key) => ({ key, text: key })) })),
);
const origin = fc.record({
  ...{ engine: text, model: text, templateVersion: text },
  parameters: fc.dictionary(text, fc.integer()),
});
const inputs: fc.Arbitrary<AnswerInputs> = fc.record({
  ...{ question, origin, context: text, usesKnowledge: fc.boolean() },
  ...{ knowledge: text, handbook: text, language: text, extraction: fc.constant(null) },
  transcript: fc.record({
    ...{ version: fc.integer(), title: text, startedAt: fc.option(text) },
    voices: fc.array(fc.record({ code: text, name: fc.option(text), role: fc.constantFrom('HOST', 'CUSTOMER', null) })),
  }),
});

describe('inputs that are hashed once', () => {
  it('have the identity that all of them have together', () => {
    fc.assert(
      fc.property(inputs, inputs, (one, { transcript: other }) => {
        const asked = new AskedInputs(one);
        for (const transcript of [one.transcript, other]) {
          expect(asked.identityOf(heardInputs(transcript))).toBe(runIdentity({ ...one, transcript }));
        }
      }),
    );
  });

  it('differ in a digest exactly where the identity differs', () => {
    fc.assert(
      fc.property(inputs, inputs, fc.boolean(), (one, other, isSame) => {
        const [left, right] = [one, isSame ? structuredClone(one) : other];
        const isEqual = runIdentity(left) === runIdentity(right);
        expect(JSON.stringify(answerInputDigests(left)) === JSON.stringify(answerInputDigests(right))).toBe(isEqual);
      }),
    );
  });
});

const sample: AnswerInputs = {
  question: { type: 'YES_NO', question: 'Was a price named?' },
  ...{ context: '', usesKnowledge: true, knowledge: 'We sell lamps.', handbook: '', language: 'en', extraction: null },
  origin: { engine: 'local', model: 'local-1', parameters: {}, templateVersion: '1' },
  transcript: { version: 1, title: 'Lamps', startedAt: null, voices: [{ code: 'A', name: 'Ann', role: 'HOST' }] },
};

it('digests of inputs are what the log keeps', () => {
  expect(digestsSchema.parse(answerInputDigests(sample))).toEqual(answerInputDigests(sample));
  for (const digest of Object.values(answerInputDigests(sample))) expect(digest).toMatch(/^[0-9a-f]{16}$/);
});

it.each<[string, Partial<AnswerInputs>, (keyof AnswerInputDigests)[]]>([
  ['the question', { question: { type: 'SUMMARY' } }, ['definition']],
  ['its context', { context: 'Lamps only.' }, ['definition']],
  ['whether knowledge is used', { usesKnowledge: false }, ['definition', 'knowledge']],
  ['the knowledge', { knowledge: 'We sell shelves.' }, ['knowledge']],
  ['the handbook', { handbook: 'Customers are members.' }, ['knowledge']],
  ['the language', { language: 'fr' }, ['language']],
  ['the model', { origin: { ...sample.origin, model: 'local-2' } }, ['analyst']],
  ['the transcript', { transcript: { ...sample.transcript, version: 2 } }, ['transcript']],
  ['the title', { transcript: { ...sample.transcript, title: 'Shelves' } }, ['conversation']],
])('says that %s changed', (_what, change, expected) => {
  const [before, after] = [answerInputDigests(sample), answerInputDigests({ ...sample, ...change })];
  const keys = Object.keys(before) as (keyof AnswerInputDigests)[];
  expect(keys.filter((key) => before[key] !== after[key])).toEqual(expected);
});
