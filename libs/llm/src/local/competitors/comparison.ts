import { cues } from '../cues/cues.js';
import type { AboutSentence } from './stance.js';

const comparing = cues`
  [a-z]{3,}er than; (?:more|less|fewer|better|worse) _ than; cheaper; dearer; more expensive; less expensive;
  faster; bigger; smaller; simpler; easier; better; worse; compared (?:to|with); unlike; instead of; the same as;
  all-in-one; made for; like (?:buying|having|using|driving);
  too (?:big|small|expensive|complex|complicated|heavy|slow); everything included; specialis*; specializ*;
  differen*; \d[\d,.]*; thousand; hundred; percent
`;
const praising = cues`
  cheaper; faster; better; easier; simpler; quicker; stronger; nicer; included; including; for free; no extra;
  (?:i|we)(?: do| quite| really)? like; likes; love; loves; good; great; nice; impress*; serious offer; big name;
  advantage*; works; moves; reliable; flexible; lower; discount; also (?:has|have|does|do|offers?); can also;
  knows? (?:our|the); close by; local
`;
const negated = cues`not; [a-z]+n't; no; never; nobody; but; too`;

const words = ({ sentence }: AboutSentence): string => sentence.text.trim();
const isStatement = ({ sentence }: AboutSentence): boolean => !sentence.isQuestion && sentence.tokens.length >= 4;

/** How a competitor compares, in the words of the conversation; null when nobody compared. */
export function positioningOf(about: readonly AboutSentence[]): string | null {
  const found = about.filter((one) => one.weight >= 2 && isStatement(one) && comparing.test(one.sentence.text));
  return found.length === 0 ? null : found.slice(0, 2).map(words).join(' ');
}

/** What speaks for a competitor, in the words of the conversation. */
export function advantagesOf(about: readonly AboutSentence[]): string[] {
  const found = about.filter(
    (one) =>
      one.weight >= 2 && isStatement(one) && praising.test(one.sentence.text) && !negated.test(one.sentence.text),
  );
  return [...new Set(found.map(words))].slice(0, 5);
}
