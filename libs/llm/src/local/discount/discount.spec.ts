import { describe, expect, it } from '@jest/globals';
import type { AnswerOf } from '@harmony/contracts';
import { read } from '../language/reading.js';
import { callOf } from '../testing/conversations.js';
import { discount } from './answer-discount.js';

/** Turns begin with `H:` or `C:`. */
async function ask(lines: readonly string[], knowledge = '') {
  const reading = await read(callOf(lines));
  const background = { language: 'en', knowledge, handbook: '', context: '' };
  const found = await discount.answer({ question: { type: 'DISCOUNT' }, background, reading });
  const answer = found.answer as AnswerOf<'DISCOUNT'> | null;
  return {
    ...found,
    rate: answer?.rate ?? null,
    amount: answer?.amount ?? null,
    discussed: answer?.discussed ?? false,
  };
}

describe('a lower price', () => {
  it.each<[string, number | null, { value: number; currency: string } | null]>([
    ['C:Could you do eight percent off?', 8, null],
    ['H:I can give you a 12.5% discount on the licences.', 12.5, null],
    ['H:We take three hundred euros off the installation.', null, { value: 300, currency: 'EUR' }],
    ['H:I could knock $1,250 off the first year.', null, { value: 1250, currency: 'USD' }],
    ['H:We would waive the setup fee of 450 pounds.', null, { value: 450, currency: 'GBP' }],
    ['H:The panels would be 9,200 euros instead of 9,900 euros.', null, { value: 700, currency: 'EUR' }],
    ['C:Is there any discount for schools?', null, null],
    ["H:I'm sorry, no discounts on the premium, we can't do that.", null, null],
    ['H:The first two months free, how is that?', null, null],
  ])('is heard in "%s"', async (line, rate, amount) => {
    expect(await ask([line])).toMatchObject({ discussed: true, rate, amount });
  });

  it.each([
    'C:We deliver to the discount chains, sixty percent of our volume.',
    "C:I'd discount those figures, the week was odd.",
    'C:Our suppliers give us a two percent discount for paying early.',
    'C:Parents ask for a sibling discount all the time.',
    'H:The list price is 4,500 euros, and it rises by three percent a year.',
    'C:Sick leave was nine percent, normally it is four.',
    'C:Take me off the list, please.',
  ])('is not heard in "%s"', async (line) => expect(await ask([line])).toMatchObject({ answer: null }));

  it('is the one that was agreed, not the one that was asked for', async () => {
    const lines = [
      'C:We need twenty percent off, otherwise it stays in the drawer.',
      'H:Twenty is outside what I can do. For two years I can go to ten percent.',
      'C:And fifteen percent for three?',
      "H:No, I'd be lying.",
      "C:Fine, ten percent for two years. Let's do it.",
    ];
    expect(await ask(lines)).toMatchObject({ rate: 10, amount: null });
  });

  it('that was refused is the one that was asked for', async () => {
    expect(await ask(['C:I want 30% off.', "H:I can't do that."])).toMatchObject({ discussed: true, rate: 30 });
  });

  it('has the currency of the conversation, else of the knowledge, else no amount', async () => {
    const line = 'H:I can knock five hundred off the price.';
    expect(await ask(['C:So 4,000 pounds.', line])).toMatchObject({ amount: { value: 500, currency: 'GBP' } });
    expect(await ask([line], 'Prices are in CHF.')).toMatchObject({ amount: { value: 500, currency: 'CHF' } });
    expect(await ask([line])).toMatchObject({ amount: null });
  });

  it('is quoted to the letter', async () => {
    const { evidence } = await ask(['C:Hm. Is 5% off all you have?']);
    expect(evidence).toEqual([{ turn: 0, quote: 'Is 5% off all you have?', part: null }]);
  });
});

describe('a conversation about the price', () => {
  it.each<[readonly string[], number | null, { value: number; currency: string } | null]>([
    [
      [
        'C:If we sign for three years, is there a discount?',
        'H:I could go to seven percent for three years.',
        'C:Seven it is.',
      ],
      7,
      null,
    ],
    [['H:For schools we take ten percent off the meal price.', 'C:Nice.'], 10, null],
    [
      ['C:Can you shave something off the price?', 'H:Two hundred pounds, if you sign this week.'],
      null,
      {
        value: 200,
        currency: 'GBP',
      },
    ],
    [
      ['C:What about the price?', 'H:I can do 14,500 instead of 15,200 euros.'],
      null,
      {
        value: 700,
        currency: 'EUR',
      },
    ],
    [
      ['H:We could waive the call-out fee of 90 euros.', 'C:Fine.'],
      null,
      {
        value: 90,
        currency: 'EUR',
      },
    ],
    [
      [
        'C:I want five percent, or we stay where we are.',
        'H:I can meet you at three percent.',
        'C:Okay, three percent, done.',
      ],
      3,
      null,
    ],
    [['H:The rebate would be 1.5 percent of the yearly premium.', "C:That's not much."], 1.5, null],
    [["C:What's your best price?", "H:It's 89 a month, we don't do discounts.", 'C:Okay.'], null, null],
    [['H:If you pay for the year up front, you get one month free.', 'C:Good.'], null, null],
    [
      ['C:Your competitor gave me eight percent.', 'H:I can match the eight percent.', 'C:Then we have a deal.'],
      8,
      null,
    ],
    [
      ['C:the premium is too high', 'H:If you raise the excess to 2,500 I can bring the premium down by six percent.'],
      6,
      null,
    ],
    [
      ['H:So that is minus four hundred euros on the inverter.', 'C:Great.'],
      null,
      {
        value: 400,
        currency: 'EUR',
      },
    ],
    [
      ['H:With the early-bird price you save 350 euros.', "C:I'll take it."],
      null,
      {
        value: 350,
        currency: 'EUR',
      },
    ],
    [
      ['H:I can offer you a reduction of 20 percent in the first year.', 'C:And after?', 'H:Then the normal price.'],
      20,
      null,
    ],
    [['C:Could we get a better price for two vans?', 'H:Let me ask.'], null, null],
  ])('%j names a rate of %j and an amount of %j', async (lines, rate, amount) => {
    expect(await ask(lines)).toMatchObject({ discussed: true, rate, amount });
  });

  it.each(
    [
      ['H:The subsidy covers thirty percent of the roof, that comes from the state.', 'C:Good to know.'],
      ['C:We lose about eight percent of the orders.', 'H:And what would it mean if you lost half?'],
      ["H:It's 240 euros a month for the small plan, and it goes up three percent each year.", 'C:Okay.'],
      ['C:Sales were down twelve percent last year.', "H:I'm sorry."],
      ["C:We'd have to cut costs by ten percent this year."],
      ['C:The tax office gives us 19 percent back.'],
      ['C:She takes a day off every month.', 'H:Ah.'],
      ['C:Twenty percent of the parents drop off late.', 'H:That many?'],
      ['C:We took the old panels off last year, about 30 of them.'],
      ['C:They knocked two days off the delivery time.'],
      ['C:We bring the temperature down to four degrees.'],
      ['H:Our customers cut their phone costs by thirty percent on average.'],
      ['C:We give our staff a twenty percent discount on meals.'],
    ].map((lines) => [lines]),
  )('%j is none', async (lines) => {
    expect(await ask(lines)).toMatchObject({ answer: null });
  });
});
