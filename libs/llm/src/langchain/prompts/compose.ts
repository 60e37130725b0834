import type { AnalysedConversation, Background } from '../../port.js';
import type { Message, ModelCall } from '../model/ask.js';
import { inOneLine, type Line } from '../reading/lines.js';
import { wireSchema } from '../replies/wire-schema.js';
import type { z } from 'zod';
import { fenced, fenceOf } from './fence.js';
import { render } from './prompts.js';

/** What of a conversation is sent. */
export interface Excerpt {
  readonly conversation: AnalysedConversation;
  /** In order; where two passages do not follow each other, something was left out. */
  readonly passages: readonly (readonly Line[])[];
}

interface Composition {
  readonly template: string;
  readonly excerpt: Excerpt;
  readonly background: Background;
  /** After the conversation, which is the same for all tasks, so that providers can keep what they have read of it. */
  readonly task: string;
  readonly schema: z.ZodType;
}

/** A call as it goes to a model: rules, background, the conversation as fenced data, and then the task. */
export const compose = ({ template, excerpt, background, task, schema }: Composition): ModelCall => ({
  template,
  messages: messages(excerpt, background, task),
  schema: { name: schemaName(template), body: wireSchema(schema) },
});

/** Providers take letters, digits and underscores only. */
const schemaName = (template: string): string => (template.split('.')[0] ?? template).replaceAll('-', '_');

export const messages = (excerpt: Excerpt, background: Background, task: string): readonly Message[] => {
  const text = conversationText(excerpt);
  const fence = fenceOf(text);
  const content = render('conversation', {
    background: backgroundText(background),
    fence,
    conversation: fenced(fence, text),
    task,
  });
  return [
    { role: 'system', content: render('system', { language: background.language }) },
    { role: 'user', content },
  ];
};

function conversationText({ conversation: { title, startedAt, voices }, passages }: Excerpt): string {
  const speakers = voices.map(({ code, name, role }) => ({ code, name, role }));
  const head = [
    `Title: ${inOneLine(title)}`,
    ...(startedAt === null ? [] : [`Date: ${startedAt}`]),
    `Speakers: ${JSON.stringify(speakers)}`,
  ];
  const body = passages.map((passage) => passage.map(({ text }) => text).join('\n')).join('\n...\n');
  return [...head, '', body].join('\n');
}

function backgroundText({ handbook, knowledge }: Background): string {
  const parts = [
    ...(handbook === '' ? [] : [`Background of the organisation:\n${handbook}`]),
    ...(knowledge === '' ? [] : [`Background of the project:\n${knowledge}`]),
  ];
  return parts.map((part) => `${part}\n\n`).join('');
}
