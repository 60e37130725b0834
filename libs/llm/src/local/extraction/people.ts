import type { ParsedConversation, ParsedTurn, SpokenSentence } from '../language/conversation.js';

const firstName = (name: string): string => name.split(/\s+/u)[0] ?? name;

const pronoun = (words: string): RegExp => new RegExp(`(?<![\\p{L}'’])(?:${words})(?![\\p{L}'’])`, 'giu');

const replaced = (text: string, changes: readonly (readonly [RegExp, string])[]): string =>
  changes.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), text);

/** Who is meant by a name, by "you", by "me". */
export class People {
  /** One turn of each who speaks, by first name in lower case. */
  private readonly byName = new Map<string, ParsedTurn>();

  constructor(private readonly parsed: ParsedConversation) {
    for (const turn of parsed.turns) if (turn.name !== null) this.byName.set(firstName(turn.name).toLowerCase(), turn);
  }

  /** @throws RangeError for a sentence of another conversation. */
  turnOf({ turn }: SpokenSentence): ParsedTurn {
    const found = this.parsed.turns[turn];
    if (found === undefined) throw new RangeError(`The conversation has no turn at ${turn}.`);
    return found;
  }

  /** Somebody of the conversation whom a sentence calls by name, at its beginning or its end. */
  calledIn({ text }: SpokenSentence, { speaker }: ParsedTurn): ParsedTurn | undefined {
    const called = /^(?:\p{L}+[,.]? )?(\p{Lu}\p{L}+),|,\s(\p{Lu}\p{L}+)[?.!]*$/u.exec(text);
    const found = this.byName.get((called?.[1] ?? called?.[2] ?? '').toLowerCase());
    return found?.speaker === speaker ? undefined : found;
  }

  /** The one who is spoken to: who is called, else who spoke last on the other side. */
  addressee(turn: ParsedTurn, sentence: SpokenSentence): ParsedTurn | undefined {
    const isOther = (other: ParsedTurn) =>
      other.speaker !== turn.speaker && (turn.role === null || other.role !== turn.role);
    const { turns } = this.parsed;
    const near = [
      ...turns.slice(Math.max(0, sentence.turn - 6), sentence.turn).reverse(),
      ...turns.slice(sentence.turn + 1, sentence.turn + 4),
    ];
    const isNamed = ({ name }: ParsedTurn) => name !== null && sentence.text.includes(firstName(name));
    return this.calledIn(sentence, turn) ?? near.find((one) => isOther(one) && !isNamed(one)) ?? near.find(isOther);
  }

  /** Whom a subject means; null for a name that nobody here has and that no person has to have. */
  whoIs(subject: string, turn: ParsedTurn, sentence: SpokenSentence): ParsedTurn | string | null {
    if (/^(?:i|we)$/iu.test(subject)) return turn;
    if (/^you$/iu.test(subject)) return this.addressee(turn, sentence) ?? null;
    const known = this.byName.get(subject.toLowerCase());
    if (known !== undefined) return known;
    return /^(?:the|this|that|it|they|he|she|everyone|somebody|nobody|which|what|there|if|please|then|so|and|maybe)$/iu.test(
      subject,
    )
      ? null
      : subject;
  }

  /** A text with names in the place of "me" and "you". */
  named(text: string, turn: ParsedTurn, sentence: SpokenSentence): string {
    const other = this.addressee(turn, sentence);
    const own = turn.name === null ? 'them' : firstName(turn.name);
    const others = other === undefined || other.name === null ? undefined : firstName(other.name);
    const withOwn = replaced(text, [
      [pronoun('me|us'), own],
      [pronoun('my|our'), 'their'],
      [/(?<![\p{L}'’])(?:I|we)(?=['’](?:ve|d|ll|re)(?!\p{L}))/giu, 'they'],
      [/(?<![\p{L}'’])I['’]m(?!\p{L})/giu, 'they are'],
      [pronoun('I|we'), 'they'],
    ]);
    if (others === undefined) return withOwn;
    return replaced(withOwn, [
      [pronoun('your'), `${others}'s`],
      [/(?<![\p{L}'’])you['’]ll(?!\p{L})/giu, `${others} will`],
      [/(?<![\p{L}'’])you['’]ve(?!\p{L})/giu, `${others} has`],
      [/(?<![\p{L}'’])you(?:['’]re| are)(?!\p{L})/giu, `${others} is`],
      [pronoun('you'), others],
    ]);
  }
}
