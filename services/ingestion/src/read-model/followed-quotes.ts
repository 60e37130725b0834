import type { Principal } from '@harmony/access';
import { evidenceAt, reanchor, TranscriptText, type QuotableTurn, type Reanchored } from '@harmony/analysis';
import { HarmonyError, type Evidence } from '@harmony/contracts';
import { Injectable } from '@nestjs/common';
import { setImmediate as breathe } from 'node:timers/promises';
import { WholeTranscripts } from './whole-transcripts.js';

/** A piece of one turn, in the text of a whole transcript; offsets as those of evidence. */
export interface QuotePlace {
  readonly start: number;
  readonly end: number;
}

/** Words of one transcript, and where another one of the same conversation says them. */
export type FollowedQuote = Reanchored & { readonly quote: string };

/** From which version of a transcript to which. */
export interface Versions {
  readonly from: number;
  readonly to: number;
}

/** Finds what is quoted from one transcript of a conversation in another one of it. */
@Injectable()
export class FollowedQuotes {
  constructor(private readonly transcripts: WholeTranscripts) {}

  /**
   * One for each place, in their order; none is left out.
   * @throws HarmonyError NOT_FOUND, also for a version that is not there; INVALID_INPUT for a place that is not within
   * one turn
   */
  async follow(
    principal: Principal,
    conversationId: string,
    { from, to }: Versions,
    places: readonly QuotePlace[],
  ): Promise<FollowedQuote[]> {
    const [quoted, other] = await Promise.all([
      this.textOf(principal, conversationId, from),
      this.textOf(principal, conversationId, to),
    ]);
    const quotes = places.map((place, index) => evidenceOf(quoted, place) ?? outsideOfTurns(index));
    const followed: FollowedQuote[] = [];
    for (const evidence of quotes) {
      followed.push({ quote: evidence.quote, ...reanchor(evidence, quoted, other) });
      // A long one takes milliseconds, in which nobody else is answered.
      await breathe();
    }
    return followed;
  }

  private async textOf(principal: Principal, conversationId: string, version: number): Promise<TranscriptText> {
    const turns: QuotableTurn[] = [];
    for await (const turn of await this.transcripts.turns(principal, conversationId, { needsTimes: false, version })) {
      const { text, startMs, endMs } = turn;
      turns.push({ index: turns.length, text, startMs, endMs });
    }
    return new TranscriptText(turns);
  }
}

function evidenceOf(text: TranscriptText, { start, end }: QuotePlace): Evidence | undefined {
  for (const turn of text.turns) {
    const first = text.startOf(turn.index) ?? 0;
    const isWithin = start >= first && start < end && end <= first + turn.text.length;
    if (isWithin) return evidenceAt(text, turn, { start: start - first, end: end - first }, null);
  }
  return undefined;
}

function outsideOfTurns(index: number): never {
  throw new HarmonyError('INVALID_INPUT', {
    detail: 'A quote has to lie within one turn of the transcript that it is taken from.',
    errors: [{ pointer: `/quotes/${index}`, detail: 'This is no piece of one turn.' }],
  });
}
