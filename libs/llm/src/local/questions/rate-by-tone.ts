import type { Background } from '../../port.js';
import { actsOf, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { progressOf } from './deal-progress.js';
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

/** A trouble that has gone far, or that has to end by a time. */
const hard =
  /\b(?:stopp?(?:ed|ing)|lost|lose|losing|critical|emergency|deadline|immediately|urgent(?:ly)?|cancel(?:led|ling)?|cannot wait|can't wait|no later|latest|disaster|impossible|dangerous|unacceptable|desperate\w*|terrible|furious|shut down|closed down|penalt\w*|lawsuit|asap|right away|no second chance|otherwise|running out|gave (?:us|me) notice|unsafe|out of stock|standstill|every (?:single )?(?:day|week|time|month)|thousands?|injur\w*|flood\w*|burn\w*|ruined|bankrupt|(?:have|has|need|needs|must|got) to be (?:\w+ )?(?:by|before|live|running|ready|done|finished|in))\b/iu;

/** A trouble that is small, far off or none. */
const calm =
  /\b(?:(?:small|minor|tiny|little) (?:thing|issue|annoyance|problem|detail)s?|not a (?:tragedy|big deal|disaster|problem|reason|priority|rush)|no (?:big deal|rush|hurry|problems?|complaints?|pressure|issues?)|nothing (?:to complain|serious|urgent|dramatic|major|wrong)|some ?day|one day|eventually|nice to have|not (?:urgent|in a hurry|as such|too bad|so bad)|works (?:fine|well|great)|can live with|whenever|sometime|at some point|don't need|do not need|doesn't matter|fine as it is|touch wood|just looking|only looking|just curious|never had|get used to|used to it|swear at it a bit)\b/iu;

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
  const [grave, light] = [own.filter(({ text }) => hard.test(text)), own.filter(({ text }) => calm.test(text))];
  const level = isRefused ? 0.05 : 0.45 + step(grave.length) - step(light.length);
  return { level, sentences: [...grave, ...trouble].slice(0, 2) };
}
