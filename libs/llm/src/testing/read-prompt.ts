import { insightTypes, question, type Question } from '@harmony/contracts';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AnalysedConversation, Background, SpokenTurn } from '../port.js';
import { schemaNameOf, type ModelRequest } from './model-request.js';

/** What a prompt asks, read back from its text. */
export interface ReadPrompt {
  readonly conversation: AnalysedConversation;
  readonly background: Background;
  /** Null for an extraction and for notes. */
  readonly question: Question | null;
  readonly kind: 'QUESTION' | 'EXTRACTION' | 'NOTES';
  /** The model is asked to mend what it said before. */
  readonly isRepair: boolean;
}

const voices = z.array(
  z.object({ code: z.string(), name: z.string().nullable(), role: z.enum(['HOST', 'CUSTOMER']).nullable() }),
);

/**
 * Reads a prompt of the LangChain analyst as a model would have to, so that a script can take the model's place.
 * @throws Error for anything else
 */
export function readPrompt(request: ModelRequest): ReadPrompt {
  const [system = '', user = ''] = request.messages.map(({ content }) => content);
  const [whole, before = '', , text = '', task = ''] = fencedPrompt.exec(user) ?? [];
  if (whole === undefined) throw new Error('A prompt has a conversation between two marks.');
  const name = schemaNameOf(request);
  const kind = kinds.get(name) ?? 'QUESTION';
  return {
    conversation: conversationIn(text),
    background: backgroundIn(system, before, task),
    question: kind === 'QUESTION' ? questionIn(name, task) : null,
    kind,
    isRepair: request.messages.length > 2 || task.includes('You have answered this before'),
  };
}

const fencedPrompt = /^([^]*)^=== (\w+) ===\n([^]*)\n=== \2 ===\n\n([^]*)$/m;

const kinds: ReadonlyMap<string, ReadPrompt['kind']> = new Map([
  ['notes', 'NOTES'],
  ['extraction', 'EXTRACTION'],
]);

function conversationIn(text: string): AnalysedConversation {
  const at = text.indexOf('\n\n');
  const head = text.slice(0, at);
  const line = (label: string): string | undefined => new RegExp(`^${label}: (.*)$`, 'm').exec(head)?.[1];
  return {
    key: createHash('sha256').update(text).digest('hex'),
    title: line('Title') ?? '',
    startedAt: line('Date') ?? null,
    voices: voices.parse(JSON.parse(line('Speakers') ?? '[]')),
    turns: text
      .slice(at + 2)
      .split('\n')
      .flatMap(turnIn),
  };
}

function turnIn(line: string): SpokenTurn[] {
  const [, index, speaker, text] = /^\[(\d+)\] (?:([^\s:]+): )?(.*)$/.exec(line) ?? [];
  if (index === undefined || text === undefined) return [];
  return [{ index: Number(index), speaker: speaker ?? '', text, startMs: null, endMs: null }];
}

const backgroundIn = (system: string, before: string, task: string): Background => ({
  language: /with the code "([^"]+)"/.exec(system)?.[1] ?? 'en',
  knowledge: /^Background of the project:\n([^]*?)\n\nThe conversation stands/m.exec(before)?.[1] ?? '',
  handbook:
    /^Background of the organisation:\n([^]*?)\n\n(?:Background of the project|The conversation stands)/m.exec(
      before,
    )?.[1] ?? '',
  context: /^What the question means here: (.*)$/m.exec(task)?.[1] ?? '',
});

function questionIn(schemaName: string, task: string): Question {
  const type = insightTypes.find((one) => one.toLowerCase() === schemaName);
  const configuration = /\{".*\}/.exec(task)?.[0] ?? '{}';
  return question.parse({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(configuration)), type });
}
