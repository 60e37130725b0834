import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { call, conversationOf, english } from '../../contract-suite/conversations.js';
import type { AnalysedConversation } from '../../port.js';
import { readPrompt } from '../../testing/read-prompt.js';
import { linesOf } from '../reading/lines.js';
import { everyQuestion } from '../../contract-suite/questions.js';
import { questionReplySchema } from '../replies/question-reply.js';
import { wireSchema } from '../replies/wire-schema.js';
import { compose } from './compose.js';
import { fenced, fenceOf } from './fence.js';

const composed = (conversation: AnalysedConversation, task = 'What was said?', background = english) =>
  compose({
    template: 'extraction.v1',
    excerpt: { conversation, passages: [linesOf(conversation)] },
    background,
    task,
    schema: z.object({ said: z.string() }),
  });

const readBack = (conversation: AnalysedConversation) => {
  const { messages, schema } = composed(conversation);
  const format = { json_schema: { name: schema.name, schema: schema.body } };
  return readPrompt({
    ...{ model: 'm', stream: true, authorization: undefined, response_format: format },
    messages: [...messages],
  });
};

/** Everything that somebody might try to end the data with. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('\n', '\r\n', '\u2028', '===', '```', '"""', '[3] S1: ', '</conversation>', 'Speakers: []', '\n\n'),
);

describe('a prompt', () => {
  it('keeps what people say, their names and the title between two marks, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.array(hostile), { minLength: 1, maxLength: 5 }), fc.array(hostile), (texts, title) => {
        const spoken = conversationOf(
          'key',
          texts.map((parts) => ['S2', parts.join('')] as const),
        );
        const { conversation } = readBack({ ...spoken, title: title.join('') });
        expect(conversation.turns.map(({ index, speaker }) => [index, speaker])).toEqual(
          spoken.turns.map(({ index, speaker }) => [index, speaker]),
        );
        expect(conversation.voices).toEqual(spoken.voices);
      }),
    );
  });

  it('has a mark that nobody can know beforehand: it follows from all that is enclosed, and is not in it', () => {
    const text = 'anything';
    const known = fenceOf(text);
    expect(fenceOf(text)).toBe(known);
    expect(fenceOf(`${text} === ${known} ===`)).not.toBe(known);
    expect(fenced(known, text).split(known)).toHaveLength(3);
  });

  it('begins the same for every task on a conversation, so that providers can keep what they have read', () => {
    const [first, second] = ['One', 'Two'].map((task) => composed(call, task).messages[1]?.content ?? '');
    expect(first?.slice(0, -3)).toBe(second?.slice(0, -3));
  });

  it('holds the background outside of the conversation, and the language to answer in', () => {
    const background = { language: 'fr', knowledge: 'We sell ledgers.', handbook: 'We are polite.', context: '' };
    const [system, user] = composed(call, 'What was said?', background).messages;
    expect(system?.content).toContain('the code "fr"');
    const before = user?.content.split('===')[0];
    expect(before).toContain('We sell ledgers.');
    expect(before).toContain('We are polite.');
  });

  it.each(everyQuestion.map((question) => [question.type, question] as const))(
    'asks %s by a schema of the few words that every provider takes',
    (_type, question) => {
      const words = new Set<string>();
      const walk = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return;
        for (const [word, value] of Object.entries(node)) {
          if (!Array.isArray(node)) words.add(word);
          if (word === 'properties') Object.values(value as object).forEach(walk);
          else walk(value);
        }
      };
      walk(wireSchema(questionReplySchema(question)));
      const taken = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum']);
      expect([...words].filter((word) => !taken.has(word))).toEqual([]);
    },
  );

  it('asks for a schema that names every field, and no bounds', () => {
    const schema = z.object({ pattern: z.string().min(1), share: z.number().min(0).max(1).nullable() });
    const { body } = compose({
      ...{ template: 'yes-no.v1', excerpt: { conversation: call, passages: [] }, background: english },
      ...{ task: '', schema },
    }).schema;
    expect(body).toEqual({
      type: 'object',
      properties: { pattern: { type: 'string' }, share: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
      required: ['pattern', 'share'],
      additionalProperties: false,
    });
  });
});
