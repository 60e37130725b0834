import { describe, expect, it } from '@jest/globals';
import type { AnswerOf } from '@harmony/contracts';
import { read } from '../language/reading.js';
import { callOf } from '../testing/conversations.js';
import { discount } from './answer-discount.js';

/** Turns begin with `H:` or `C:`. */
async function ask(lines: readonly string[]): Promise<AnswerOf<'DISCOUNT'> | null> {
  const reading = await read(callOf(lines));
  const background = { language: 'en', knowledge: 'Prices are in EUR.', handbook: '', context: '' };
  const { answer } = await discount.answer({ question: { type: 'DISCOUNT' }, background, reading });
  return answer as AnswerOf<'DISCOUNT'> | null;
}

describe('a price that is haggled over', () => {
  it.each<[readonly string[], number | null, number | null]>([
    [
      ['H:We give up to six percent off the rent.', 'C:I thought of nine.', "H:Nine I can't do.", 'H:It is six.'],
      6,
      null,
    ],
    [['H:On the tents I could take five percent off.', 'C:Could you do eight?', 'H:I could do seven.'], 7, null],
    [['H:So that is 8,000 euros.', 'H:Less five percent off, 400 euros a year.', 'C:Fine.'], 5, 400],
    [['H:I can take four percent off.', 'H:Four percent of 12,500 is 500 euros.', 'C:Good.'], 4, 500],
    [['H:I can take four percent off.', 'H:That brings it to 12,000 euros.', 'C:Good.'], 4, null],
    [['H:Ten percent off.', "H:That's 900 euros a season you don't pay.", 'C:Nice.'], 10, 900],
    [['H:Each basket goes from 3.10 down to 2.95 euros.', 'C:Good.'], null, 0.15],
    [['H:I can take twelve cents off each litre.', 'C:Twelve cents. Okay.'], null, 0.12],
    [['H:It is two euros forty a bag instead of two euros sixty.'], null, 0.2],
    [['C:3.10 a kilo is too much for us', 'H:I could go down to 2.95 for both shops.', 'C:ok'], null, 0.15],
    [
      ['C:That is a lot of money.', 'H:I could go to 5 percent.', 'C:And seven?', 'H:Six. That is my last word.'],
      6,
      null,
    ],
    [['H:So 9,400 euros.', 'C:It is too expensive for us.', 'H:Then let us say 9,000 euros.', 'C:Good.'], null, 400],
    [['H:I offer you a month of the fee, that is 80 euros, as a credit.', 'C:Thanks.'], null, 80],
    [['H:I can take five percent off. On three fifty-six forty that is a little.', 'C:Yes.'], 5, null],
    [['H:If you take two, a tenth off.', 'C:All right.'], 10, null],
    [['C:Is the price negotiable?', "H:I'm afraid it is fixed."], null, null],
  ])('%j names a rate of %j and an amount of %j', async (lines, rate, amount) => {
    const answer = await ask(lines);
    expect(answer).toMatchObject({ discussed: true, rate });
    expect(answer?.amount?.value ?? null).toBe(amount);
  });

  it.each(
    [
      ['C:The lift people gave us ten percent off straight away, and look at it.'],
      ['C:If it was every week I would ask for a better price, but for one evening never mind.'],
      ['C:The council pays, so that grant takes two thousand off.'],
      ['C:We went from 420 visitors down to 360 since spring.'],
      ['H:We have two weeks free in July.', 'C:Good.'],
      ['H:If you take the balcony off the quote, it is done by May.'],
      ['C:Does the flow go down in winter?'],
      ['H:The price is 900 euros.', 'C:It is high.', 'H:Shall we talk on Thursday at eight?', 'C:Ten.'],
    ].map((lines) => [lines]),
  )('%j is no lower price of ours', async (lines) => {
    expect(await ask(lines)).toBeNull();
  });
});
