import type { Background } from '../../port.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { decideText } from './decide.js';
import type { Milestone, Progress } from './deal-progress.js';
import { meaningsOf, positivePart, type Stage } from './stage-meaning.js';

interface Shown {
  readonly stage: Stage;
  readonly sentences: readonly SpokenSentence[];
}

interface Reached extends Shown {
  readonly confidence: number;
}

/** Where the customer wants no more, the way ends soon: only the contact counts, or a stage for it. */
const afterLoss: ReadonlySet<Milestone | undefined> = new Set<Milestone>(['CONTACT', 'LOST']);

/** What shows a milestone; nothing tells a second stage of the same meaning apart, nor one whose words name none. */
function deedsOf(
  progress: Progress,
  milestone: Milestone | undefined,
  earlier: readonly (Milestone | undefined)[],
): readonly SpokenSentence[] {
  return milestone === undefined || earlier.includes(milestone) ? [] : (progress.get(milestone) ?? []);
}

/** The furthest stage that something shows; the first where nothing shows any. */
export function reachedStage(
  reading: Reading,
  stages: readonly Stage[],
  progress: Progress,
  background: Background,
): Reached {
  const meant = meaningsOf(stages);
  const isLost = (progress.get('LOST') ?? []).length > 0;
  // A way of another kind is followed by the words of its stages.
  const isDeal = meant.filter((one) => one !== undefined).length >= stages.length / 2;
  const shown: Shown[] = [];
  for (const [at, stage] of stages.entries()) {
    const milestone = meant[at];
    if (isLost && !afterLoss.has(milestone)) continue;
    const sentences = isDeal
      ? deedsOf(progress, milestone, meant.slice(0, at))
      : decideText(reading, positivePart(stage), background).sentences;
    if (sentences.length > 0) shown.push({ stage, sentences });
  }
  const [first] = stages;
  if (first === undefined) throw new RangeError('A funnel has stages.');
  const last = shown.at(-1) ?? { stage: first, sentences: [] };
  return { ...last, confidence: last.sentences.length > 1 ? 0.6 : 0.45 };
}
