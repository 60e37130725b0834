import { describe, expect, it } from '@jest/globals';
import type { Inquiry } from '../../analyst/inquiry.js';
import { oneAtATime } from './one-at-a-time.js';

const turn = (text: string): Inquiry['conversation']['turns'][number] => ({
  ...{ index: 0, speaker: 'A', text, startMs: null, endMs: null },
});

const before: Inquiry = {
  question: { type: 'YES_NO', question: 'Old?' },
  usesKnowledge: true,
  background: { language: 'en', context: 'old context', knowledge: 'old knowledge', handbook: 'old handbook' },
  transcriptVersion: 1,
  conversation: {
    ...{ key: 'c/1', title: 'Old', startedAt: null, turns: [turn('old words')] },
    voices: [{ code: 'A', name: 'Ann', role: null }],
  },
};

const now: Inquiry = {
  question: { type: 'YES_NO', question: 'New?' },
  usesKnowledge: true,
  background: { language: 'de', context: 'new context', knowledge: 'new knowledge', handbook: 'new handbook' },
  transcriptVersion: 2,
  conversation: {
    ...{ key: 'c/2', title: 'New', startedAt: '2026-01-01T00:00:00.000Z', turns: [turn('new words')] },
    voices: [{ code: 'S1', name: null, role: 'HOST' }],
  },
};

const variant = (from: Inquiry, to: Inquiry, cause: string): Inquiry | undefined =>
  oneAtATime(from, to).find((one) => one.cause === cause)?.inquiry;

describe('what was asked before with one input of now', () => {
  it('has that input of now, and all others of before', () => {
    const { question } = now;
    const { background, conversation } = before;
    const { voices, turns, key, title, startedAt } = now.conversation;
    const expected: Record<string, Inquiry> = {
      DEFINITION_CHANGED: { ...before, question, background: { ...background, context: 'new context' } },
      KNOWLEDGE_CHANGED: {
        ...before,
        background: { ...background, knowledge: 'new knowledge', handbook: 'new handbook' },
      },
      LANGUAGE_CHANGED: { ...before, background: { ...background, language: 'de' } },
      TRANSCRIPT_CHANGED: {
        ...before,
        transcriptVersion: 2,
        conversation: { ...conversation, voices, turns, key },
      },
      CONVERSATION_CHANGED: { ...before, conversation: { ...conversation, title, startedAt } },
    };
    const found = oneAtATime(before, now).map(({ cause, inquiry }) => [cause, inquiry]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it('takes the definition together with the knowledge that it uses from now on, or no longer', () => {
    const without = {
      ...before,
      usesKnowledge: false,
      background: { ...before.background, knowledge: '', handbook: '' },
    };
    expect(variant(without, now, 'DEFINITION_CHANGED')).toMatchObject({
      usesKnowledge: true,
      background: { knowledge: 'new knowledge', handbook: 'new handbook', language: 'en' },
    });
    expect(variant(without, now, 'KNOWLEDGE_CHANGED')).toEqual(without);
    expect(variant(now, without, 'DEFINITION_CHANGED')).toMatchObject({
      usesKnowledge: false,
      background: { knowledge: '', handbook: '' },
    });
  });

  it('takes who the speakers are for a fact of the conversation where the transcript is the same', () => {
    const { voices } = now.conversation;
    const renamed = { ...before, conversation: { ...before.conversation, voices } };
    expect(variant(before, renamed, 'CONVERSATION_CHANGED')?.conversation.voices).toEqual(voices);
    expect(variant(before, renamed, 'TRANSCRIPT_CHANGED')).toEqual(before);
  });
});
