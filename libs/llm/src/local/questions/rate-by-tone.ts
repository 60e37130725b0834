import type { Background } from '../../port.js';
import { actsOf, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { progressOf } from './deal-progress.js';
import { parseAsk } from './ask.js';
import { cuesOf } from './sentence-cues.js';
import { coverage } from './topic.js';
import { presenceAt } from './window.js';

export interface ToneRating {
  /** 0 is the lower end of the scale, 1 its upper end. */
  readonly level: number;
  readonly sentences: readonly SpokenSentence[];
}

/** Questions about how bad or how pressing something is: troubles raise it. */
const aboutTrouble =
  /\b(?:urgen\w*|sever\w*|serious\w*|impact|risk\w*|pain\w*|problem\w*|frustrat\w*|dissatisf\w*|critical\w*|damage\w*|churn|worr\w*|concern\w*|pressing|difficult\w*|complain\w*|objection\w*|bad|resist\w*|likely to (?:leave|cancel|churn|switch)|price[- ]sensitiv\w*|tense|stress\w*|afraid|danger\w*)\b/iu;

const good: readonly Act[] = ['PRAISE', 'ACCEPT', 'WISH'];
const bad: readonly Act[] = ['PROBLEM', 'CONCERN', 'REJECT'];

/** Steps from the middle, by how many sentences say it. */
const step = (count: number): number => (count === 0 ? 0 : count === 1 ? 0.15 : count <= 3 ? 0.3 : 0.4);

const searchLimit = 60;

const has = (sentence: SpokenSentence, wanted: readonly Act[]): boolean =>
  wanted.some((act) => actsOf(sentence).has(act));

/** A rating by the tone of what is said about the matter, by the customer above all. */
export function rateByTone(reading: Reading, question: string, background: Background): ToneRating {
  const { topic } = parseAsk(question, background);
  const isTrouble = aboutTrouble.test(question);
  const isWanted = !isTrouble || /\b(?:urgen\w*|need|pressing)\b/iu.test(question);
  const isRefused = isWanted && (progressOf(reading).get('LOST') ?? []).length > 0;
  const own = reading.parsed.sentences.filter(({ role, isQuestion }) => role !== 'HOST' && !isQuestion);
  const about = new Set(
    reading.index
      .search(topic.concepts, searchLimit)
      .filter(({ sentence }) => coverage(topic, presenceAt(reading, sentence)) >= 0.4)
      .map(({ sentence }) => sentence.position),
  );
  const weightOf = (sentence: SpokenSentence) => (about.has(sentence.position) ? 2 : 1);
  const sum = (sentences: readonly SpokenSentence[]) => sentences.reduce((all, one) => all + weightOf(one), 0);
  const [praise, trouble] = [own.filter((one) => has(one, good) && !has(one, bad)), own.filter((one) => has(one, bad))];
  if (!isTrouble) {
    return {
      level: isRefused ? 0.05 : (sum(praise) + 2) / (sum(praise) + sum(trouble) + 4),
      sentences: praise.slice(0, 2),
    };
  }
  const [grave, light] = [own.filter((one) => cuesOf(one).has('GRAVE')), own.filter((one) => cuesOf(one).has('LIGHT'))];
  const level = isRefused ? 0.05 : 0.45 + step(grave.length) - step(light.length);
  return { level, sentences: [...grave, ...trouble].slice(0, 2) };
}
