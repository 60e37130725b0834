import { ModelServer, schemaNameOf, type ModelRequest } from '@harmony/llm/testing';
import { question } from '@harmony/contracts';
import type { BenchProject, StructuredConversation } from '../insights/workload.js';

const latencyMs = 400;
const agreement = 'Yes, we take the offer as it is, and we sign it on Monday.';

const nothing = { summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] };
const yes = {
  evidence: [{ turn: 1, quote: agreement, part: null }],
  rationale: 'They say that they take the offer.',
  outcome: 'ANSWERED',
  value: { answer: 'YES' },
  confidence: 1,
};

/** A model on this machine that takes its time and always knows the answer. */
export const startModel = (): Promise<ModelServer> =>
  ModelServer.start((request: ModelRequest) => (schemaNameOf(request) === 'extraction' ? nothing : yes), { latencyMs });

/** So many yes/no questions about so many short conversations. */
export const remoteProject = (name: string, conversations: number, questions: number): BenchProject => ({
  ...{ name, knowledge: '' },
  questions: Array.from({ length: questions }, (_, index) => ({
    title: `Question ${index}`,
    question: question.parse({ type: 'YES_NO', question: `Does the customer agree to point ${index} of the offer?` }),
  })),
  conversations: Array.from({ length: conversations }, (_, index) => conversationOf(`${name}/${index}`)),
});

const conversationOf = (key: string): StructuredConversation => ({
  ...{ key, title: `Offer ${key}`, medium: 'CALL', startedAt: '2026-03-02T09:00:00Z' },
  participants: [
    { id: 'h', name: 'Hanna', role: 'HOST' },
    { id: 'c', name: 'Carl', role: 'CUSTOMER' },
  ],
  turns: ['You have read our offer. What do you say?', agreement, 'Then I send you the papers today.'].map(
    (text, index) => ({ participantId: index === 1 ? 'c' : 'h', text }),
  ),
});
