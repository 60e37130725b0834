import type { Background } from '../../port.js';
import { actsOf, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { agreedMeetings } from './agreed-meeting.js';
import { parseAsk } from './ask.js';
import type { Prompt } from './parse-prompt.js';
import { cuesOf } from './sentence-cues.js';
import { coverage } from './topic.js';
import { placeOf, presenceAt } from './window.js';

export interface Note {
  readonly markdown: string;
  readonly sentences: readonly SpokenSentence[];
}

/** What a section wants, by the words of its heading. */
const wanted: readonly (readonly [readonly Act[], RegExp])[] = [
  [
    ['PROBLEM', 'CONCERN'],
    /\b(?:problems?|pains?|risks?|issues?|concerns?|challenges?|objections?|complaints?|difficult\w*|worr\w*|threats?|obstacles?|frustrations?)\b/iu,
  ],
  [
    ['PROMISE', 'ACCEPT'],
    /\b(?:commit\w*|action\w*|next steps?|promise\w*|agree\w*|to-?dos?|follow-?ups?|decisions?|outcome\w*)\b/iu,
  ],
  [['WISH', 'REQUEST'], /\b(?:needs?|requirements?|wishes|requests?|goals?|wants?|expectations?|criteria)\b/iu],
  [['PRAISE'], /\b(?:praise|strengths?|positives?|benefits?|likes?|compliments?|satisf\w*)\b/iu],
];

const perSection = 8;
const searchLimit = 300;
const shortest = 6;

function isUseful({ tokens, isQuestion }: SpokenSentence): boolean {
  return !isQuestion && tokens.length >= shortest;
}

function valueOf(reading: Reading, about: string, background: Background, customersOnly: boolean) {
  const { topic } = parseAsk(about, background);
  const hits = new Set(reading.index.search(topic.concepts, searchLimit).map(({ sentence }) => sentence.position));
  const actsWanted = wanted.find(([, pattern]) => pattern.test(about))?.[0];
  return (sentence: SpokenSentence): number => {
    if (customersOnly && sentence.role === 'HOST') return 0;
    const said = actsOf(sentence);
    const act = actsWanted === undefined ? 0.3 : actsWanted.some((one) => said.has(one)) ? 1 : 0;
    const figure = cuesOf(sentence).has('FIGURE') ? 0.5 : 0;
    const length = Math.min(1, sentence.tokens.length / 25) * 0.4;
    const late = actsWanted?.includes('PROMISE') === true ? placeOf(reading, sentence) * 0.4 : 0;
    if (actsWanted !== undefined && act === 0) return 0;
    const covered = hits.has(sentence.position) ? coverage(topic, presenceAt(reading, sentence)) * 0.5 : 0;
    return act + figure + length + covered + late;
  };
}

function pick(reading: Reading, about: string, background: Background): SpokenSentence[] {
  const customersOnly = /\b(?:customer|buyer|client|prospect|caller|patient|guest|tenant|they)\b/iu.test(about);
  const value = valueOf(reading, about, background, customersOnly);
  const arranged = /\bnext steps?|follow-?up|meeting\b/iu.test(about)
    ? agreedMeetings(reading)
        .slice(-1)
        .flatMap(({ proposal, acceptance }) => [proposal, acceptance])
    : [];
  const ranked = reading.parsed.sentences
    .filter(isUseful)
    .map((sentence) => ({ sentence, worth: value(sentence) }))
    .filter(({ worth }) => worth >= 0.6)
    .sort((left, right) => right.worth - left.worth || left.sentence.position - right.sentence.position)
    .slice(0, perSection)
    .map(({ sentence }) => sentence);
  return [...new Set([...arranged, ...ranked])].sort((left, right) => left.position - right.position);
}

const bullet = (reading: Reading, sentence: SpokenSentence): string => {
  const name = reading.parsed.turns[sentence.turn]?.name;
  const words = sentence.text.replace(/\s+/gu, ' ');
  return name == null ? `- ${words}` : `- ${words} (${name})`;
};

/** Writes the note that a prompt asks for. */
export function noteOf(reading: Reading, { sections, otherwise }: Prompt, background: Background): Note {
  const nothing = otherwise ?? 'Nothing was said about this.';
  const written = sections.map(({ heading, about }) => {
    const sentences = pick(reading, about, background);
    const list = sentences.length === 0 ? nothing : sentences.map((sentence) => bullet(reading, sentence)).join('\n');
    return { sentences, text: heading === null ? list : `## ${heading}\n\n${list}` };
  });
  return {
    markdown: written.map(({ text }) => text).join('\n\n'),
    sentences: [...new Set(written.flatMap(({ sentences }) => sentences))],
  };
}
