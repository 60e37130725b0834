import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { isPolar, type Ask } from './ask.js';
import { coverage } from './topic.js';
import { presenceIn, replyTo } from './window.js';

/** Questions that are looked at; the rest share too few words with what is asked. */
const searchLimit = 40;
/** From here on, a question of the conversation asks the same. */
const same = 0.4;

const nothing = /^\W*(?:(?:well|oh|um|uh|er|honestly|ah|no)\W+)*(?:no|nope|none|nothing|nobody|no one|never|not)\b/iu;

const isNo = (sentence: SpokenSentence): boolean => nothing.test(sentence.text) && !actsOf(sentence).has('ACCEPT');

/** Whether somebody was asked whether the same is so, and the reply begins with a no; the last reply counts. */
export function isDenied(reading: Reading, ask: Ask): boolean {
  if (!ask.isPolar || ask.act !== 'STATE') return false;
  const asked = reading.index
    .search(ask.topic.concepts, searchLimit)
    .map(({ sentence }) => sentence)
    .filter((sentence) => sentence.isQuestion && isPolar(sentence.text))
    .filter((sentence) => coverage(ask.topic, presenceIn(reading, sentence)) >= same)
    .sort((left, right) => right.position - left.position);
  const replies = asked.map(({ turn }) => replyTo(reading, turn)[0]).filter((reply) => reply !== undefined);
  return replies[0] !== undefined && isNo(replies[0]);
}
