import type { ParsedTurn, SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import {
  conditional,
  consent,
  delivery,
  immediate,
  offer,
  promise,
  recapClause,
  refusal,
  request,
} from './action-cues.js';
import type { People } from './people.js';

/** Something that somebody will do, in the words that were said. */
export interface Draft {
  /** A turn of theirs, or the name of somebody who is not here; null for nobody who was named. */
  readonly owner: ParsedTurn | string | null;
  readonly deed: string;
  /** Of several things in one sentence, each has its own time. */
  readonly isOneOfMany: boolean;
}

/** "sends" is "send", "passes" is "pass". */
const baseForm = (verb: string): string => verb.replace(/(?:(?<=[sxz]|ch|sh|o)es|(?<=[^s])s)$/u, '');

/** Finds drafts sentence by sentence. */
export class DraftFinder {
  constructor(
    private readonly reading: Reading,
    private readonly people: People,
  ) {}

  draftsIn(sentence: SpokenSentence, turn: ParsedTurn, isRecap: boolean): Draft[] {
    const recap = isRecap ? this.recap(sentence, turn) : [];
    if (recap.length > 0) return recap;
    const promised = sentence.isQuestion ? [] : this.promised(sentence, turn);
    return promised.length > 0 ? promised : this.requested(sentence, turn);
  }

  private recap(sentence: SpokenSentence, turn: ParsedTurn): Draft[] {
    const clauses = sentence.text
      .replace(/^[^:]{0,40}:\s*/u, '')
      .split(/[,;]\s*(?:and |then )*|\s+and (?=(?:i|you|we)(?:['’]ll| will)? )/iu);
    return clauses.flatMap((clause) => {
      const [, who, deed] = recapClause.exec(clause.trim()) ?? [];
      if (who === undefined || deed === undefined) return [];
      const owner = this.people.whoIs(who, turn, sentence);
      const verb = /^\p{L}+/u.exec(deed)?.[0] ?? '';
      const isThird = typeof owner === 'string' || !/^(?:i|we|you)$/iu.test(who);
      return owner === null
        ? []
        : [{ owner, isOneOfMany: true, deed: isThird ? baseForm(verb) + deed.slice(verb.length) : deed }];
    });
  }

  /** What the next to speak on another seat says to it. */
  private replyTo({ turn }: SpokenSentence): ParsedTurn | undefined {
    const { turns } = this.reading.parsed;
    const next = turns.slice(turn + 1, turn + 3);
    return next.find(({ speaker, sentences }) => speaker !== turns[turn]?.speaker && sentences.length > 0);
  }

  private requested(sentence: SpokenSentence, turn: ParsedTurn): Draft[] {
    const deed = request.exec(sentence.text)?.[1];
    const reply = deed === undefined || immediate.test(deed) ? undefined : this.replyTo(sentence);
    if (deed === undefined || reply === undefined || refusal.test(reply.text) || !consent.test(reply.text)) return [];
    return [{ owner: this.people.calledIn(sentence, turn) ?? reply, deed, isOneOfMany: false }];
  }

  private promised(sentence: SpokenSentence, turn: ParsedTurn): Draft[] {
    const found = promise.exec(sentence.text) ?? offer.exec(sentence.text);
    const delivered = found === null ? delivery.exec(sentence.text) : null;
    const [match, deed] = found !== null ? [found, found[1] ?? ''] : [delivered, `send ${delivered?.[1] ?? ''}`];
    if (match === null || immediate.test(deed) || conditional.test(sentence.text.slice(0, match.index))) return [];
    return this.isDeclined(sentence, turn) ? [] : [{ owner: turn, deed, isOneOfMany: false }];
  }

  /** Whether the other side says no to what is offered. */
  private isDeclined(sentence: SpokenSentence, turn: ParsedTurn): boolean {
    const reply = this.replyTo(sentence);
    return reply !== undefined && reply.role !== turn.role && refusal.test(reply.text);
  }
}
