import type { ParsedConversation, ParsedTurn, SpokenSentence } from '../language/conversation.js';

/** Sentences of one turn that belong together, short enough to be one point. */
export interface Passage {
  readonly turn: ParsedTurn;
  readonly sentences: readonly SpokenSentence[];
}

/** Words of a passage; one sentence may be longer. */
const maximumWords = 55;

/** A sentence of a few words says something only with a figure or a name in it. */
const saysSomething = ({ tokens, text }: SpokenSentence): boolean =>
  tokens.filter(({ tag }) => tag !== 'PUNCT' && tag !== 'INTJ').length >= 4 || /\d|(?<!^)\p{Lu}\p{Ll}/u.test(text);

function passagesOf(turn: ParsedTurn): Passage[] {
  const passages: SpokenSentence[][] = [];
  let words = Infinity;
  for (const sentence of turn.sentences) {
    if (!saysSomething(sentence)) continue;
    if (words + sentence.tokens.length > maximumWords) {
      passages.push([]);
      words = 0;
    }
    passages.at(-1)?.push(sentence);
    words += sentence.tokens.length;
  }
  return passages.map((sentences) => ({ turn, sentences }));
}

/** The passages of a conversation, in their order. */
export const passagesIn = ({ turns }: ParsedConversation): Passage[] => turns.flatMap(passagesOf);
