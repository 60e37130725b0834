import type { Background } from '../../port.js';
import { actsOf, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { parseAsk } from './ask.js';
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
const strong =
  /\b(?:stopp?(?:ed)?|lost|lose|critical|emergency|deadline|immediately|urgent(?:ly)?|cancel\w*|must|cannot wait|no later|at the latest|disaster|impossible|dangerous|unacceptable|desperate\w*|terrible|furious|closed down|shut|penalt\w*|lawsuit|asap|right away|have to|has to)\b/iu;

const searchLimit = 60;

const has = (sentence: SpokenSentence, wanted: readonly Act[]): boolean =>
  wanted.some((act) => actsOf(sentence).has(act));

/** A rating by the tone of what is said about the matter, by the customer above all. */
export function rateByTone(reading: Reading, question: string, background: Background): ToneRating {
  const { topic } = parseAsk(question, background);
  const isTrouble = aboutTrouble.test(question);
  const own = reading.parsed.sentences.filter(({ role, isQuestion }) => role !== 'HOST' && !isQuestion);
  const about = new Set(
    reading.index
      .search(topic.concepts, searchLimit)
      .filter(({ sentence }) => coverage(topic, presenceAt(reading, sentence)) >= 0.4)
      .map(({ sentence }) => sentence.position),
  );
  const weightOf = (sentence: SpokenSentence) => (about.has(sentence.position) ? 2 : 1);
  const sum = (sentences: readonly SpokenSentence[]) =>
    sentences.reduce((all, sentence) => all + weightOf(sentence), 0);
  const [praise, trouble] = [own.filter((one) => has(one, good) && !has(one, bad)), own.filter((one) => has(one, bad))];
  const hard = trouble.filter(({ text }) => strong.test(text));
  const raised = isTrouble ? sum(trouble) + 2 * sum(hard) : sum(praise);
  const lowered = isTrouble ? sum(praise) : sum(trouble);
  const level = (raised + 2) / (raised + lowered + 4);
  return { level, sentences: (isTrouble ? [...hard, ...trouble] : praise).slice(0, 2) };
}
