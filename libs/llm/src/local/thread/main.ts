import { LRUCache } from 'lru-cache';
import { parentPort, workerData } from 'node:worker_threads';
import type { AnalysedConversation, AnalystAnswer, AnalystExtraction } from '../../port.js';
import { createLocalAnalyst } from '../local-analyst.js';
import { giveWay } from './give-way.js';
import {
  keptConversations,
  type Asked,
  type ThreadReply,
  type ThreadRequest,
  type ThreadSettings,
} from './protocol.js';

giveWay();
const { among } = workerData as ThreadSettings;
const analyst = createLocalAnalyst(among);
const conversations = new LRUCache<string, AnalysedConversation>({ max: keptConversations });
const running = new Map<number, AbortController>();

const reply = (message: ThreadReply): void => parentPort?.postMessage(message);

parentPort?.on('message', (request: ThreadRequest) => {
  if ('key' in request) void answer(request);
  else running.get(request.id)?.abort();
});

async function answer({ id, asked, key, conversation: sent }: Extract<ThreadRequest, { key: string }>): Promise<void> {
  const conversation = sent ?? conversations.get(key);
  if (conversation === undefined) return reply({ id, outcome: 'UNKNOWN_CONVERSATION' });
  conversations.set(key, conversation);
  const abort = new AbortController();
  running.set(id, abort);
  try {
    reply({ id, outcome: 'DONE', result: await work(asked, conversation, abort.signal) });
  } catch (error) {
    reply({ id, outcome: 'FAILED', message: error instanceof Error ? error.message : String(error) });
  } finally {
    running.delete(id);
  }
}

const work = (
  asked: Asked,
  conversation: AnalysedConversation,
  signal: AbortSignal,
): Promise<AnalystAnswer | AnalystExtraction> =>
  asked.kind === 'EXTRACT'
    ? analyst.extract({ conversation, background: asked.background, signal })
    : analyst.answer({ conversation, background: asked.background, question: asked.question, signal });
