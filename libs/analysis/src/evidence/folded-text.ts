/** A text as it sounds: letters and digits without case and accents, everything between them one space. */
export interface FoldedText {
  readonly text: string;
  /** For each character of `text`: where it comes from, in the original. */
  readonly origins: readonly number[];
}

const wordCharacter = /[\p{L}\p{N}]/u;
const mark = /\p{M}/gu;

/** Folds a text, and remembers where each character was. */
export function foldText(original: string): FoldedText {
  const origins: number[] = [];
  let text = '';
  let offset = 0;
  for (const character of original) {
    if (wordCharacter.test(character)) {
      const plain = character.normalize('NFKD').replace(mark, '').toLowerCase();
      text += plain;
      for (let unit = 0; unit < plain.length; unit += 1) origins.push(offset);
    } else if (!mark.test(character) && text !== '' && !text.endsWith(' ')) {
      text += ' ';
      origins.push(offset);
    }
    mark.lastIndex = 0;
    offset += character.length;
  }
  return { text, origins };
}
