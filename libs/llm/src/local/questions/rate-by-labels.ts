import type { QuestionOf } from '@harmony/contracts';
import type { Background } from '../../port.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { glossaryOf } from './glossary.js';
import { isNoneOfThem } from './none-part.js';
import { weighTopics } from './weigh-topics.js';

export interface LabelRating {
  readonly value: number;
  /** How much the labels are to be trusted against the tone, 0 to 1. */
  readonly trust: number;
  readonly sentences: readonly SpokenSentence[];
}

/** A rating by the labels whose words were said; undefined where there are none, or nothing of them was said. */
export function rateByLabels(
  reading: Reading,
  { labels }: QuestionOf<'SCALE'>,
  background: Background,
): LabelRating | undefined {
  const parts = Object.entries(labels).map(([key, name]) => ({ key, name, description: '' }));
  if (parts.length < 2) return undefined;
  const weighed = weighTopics(
    reading,
    parts.filter((part) => !isNoneOfThem(part)),
    glossaryOf(background),
  ).filter(({ weight }) => weight > 0);
  const all = weighed.reduce((sum, { weight }) => sum + weight ** 2, 0);
  if (all === 0) return undefined;
  const value = weighed.reduce((sum, { key, weight }) => sum + Number(key) * weight ** 2, 0) / all;
  const [best] = weighed;
  return { value, trust: Math.min(0.3, (best?.weight ?? 0) / 6), sentences: best?.sentences.slice(0, 2) ?? [] };
}
