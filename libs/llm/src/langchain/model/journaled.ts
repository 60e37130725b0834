import type { ReplyJournal } from '../../port.js';
import { modelReply, type Ask, type ModelCall } from './ask.js';

/** Keeps a reply before it is used, and asks nothing twice: a crash after a call does not pay for it again. */
export const journaled =
  (ask: Ask, journal: ReplyJournal, keyOf: (call: ModelCall) => string): Ask =>
  async (call, signal) => {
    const key = keyOf(call);
    const kept = modelReply.safeParse(await journal.get(key));
    if (kept.success) return kept.data;
    const reply = await ask(call, signal);
    await journal.put(key, reply);
    return reply;
  };
