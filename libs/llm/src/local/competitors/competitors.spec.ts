import { describe, expect, it } from '@jest/globals';
import type { AnswerOf } from '@harmony/contracts';
import { read } from '../language/reading.js';
import { callOf } from '../testing/conversations.js';
import { competitors } from './answer-competitors.js';
import { namesInKnowledge } from './knowledge-names.js';

interface Asked {
  readonly track?: readonly string[];
  readonly exclude?: readonly string[];
  readonly knowledge?: string;
}

/** Turns begin with `H:` or `C:`. */
async function ask(lines: readonly string[], { track = [], exclude = [], knowledge = '' }: Asked = {}) {
  const reading = await read(callOf(lines));
  const background = { language: 'en', knowledge, handbook: '', context: '' };
  const question = { type: 'COMPETITORS' as const, track: [...track], exclude: [...exclude] };
  const found = await competitors.answer({ question, background, reading });
  const answer = found.answer as AnswerOf<'COMPETITORS'> | null;
  return { ...found, stances: Object.fromEntries((answer?.mentions ?? []).map(({ name, stance }) => [name, stance])) };
}

describe('a tracked competitor', () => {
  it.each([
    'we had a quote from acme soft',
    "AcmeSoft's quote is here.",
    'The Acme-Soft quote came in.',
    'ACMESOFT sent their quote.',
    'There is a quote from Akmesoft on my desk.',
  ])('is found in "%s"', async (line) =>
    expect((await ask([`C:${line}`], { track: ['AcmeSoft'] })).stances).toHaveProperty('AcmeSoft'),
  );

  it('is found by the first word of its name, unless two share it', async () => {
    const line = 'C:And Harrowby send us a card every spring.';
    expect((await ask([line], { track: ['Harrowby Lifts'] })).stances).toHaveProperty('Harrowby Lifts');
    expect((await ask([line], { track: ['Harrowby Lifts', 'Harrowby Gates'] })).answer).toBeNull();
    expect((await ask(['C:We drive through harrowby.'], { track: ['Harrowby Lifts'] })).answer).toBeNull();
  });

  it('is quoted to the letter', async () => {
    const { evidence } = await ask(['C:Hello there.', "C:Well. Acme's van is always late."], { track: ['Acme'] });
    expect(evidence).toEqual([{ turn: 1, quote: "Acme's van is always late.", part: 'Acme' }]);
  });

  it.each<[string, readonly string[]]>([
    ['CURRENT', ['C:We have been with Northgate for six years.']],
    ['CURRENT', ['C:The payroll is done in Northgate, and the rest on paper.']],
    [
      'CURRENT',
      ['H:Who looks after the lifts today?', 'C:Northgate does. The contract with Northgate runs until March.'],
    ],
    ['CONSIDERED', ['C:Northgate quoted eleven thousand.']],
    ['CONSIDERED', ["C:We've got Northgate coming in next Tuesday."]],
    ['CONSIDERED', ['C:There is a second offer. Northgate came back on Monday with forty thousand.']],
    [
      'DISMISSED',
      ['C:Somebody mentioned Northgate. I had a look and it is far too big for us.', "C:We're not doing that."],
    ],
    ['DISMISSED', ['C:We used to use Northgate, but no longer.']],
    ['DISMISSED', ['H:And Northgate?', "C:They came to show it, but it didn't convince anybody. That's closed."]],
    ['NEUTRAL', ['C:I saw the Northgate stand at the fair. They gave me a pen.']],
  ])('is %s after %j', async (stance, lines) =>
    expect((await ask(lines, { track: ['Northgate'] })).stances).toEqual({ Northgate: stance }),
  );
});

describe('names', () => {
  it('that are excluded, partners, own products or participants are no competitors', async () => {
    const knowledge =
      'Harbourly sells booking software. Modules: Desk (rooms), Gate (doors). Lumeo is a partner, not a competitor.';
    const lines = [
      'C:We had a quote from Lumeo and a demo of Desk.',
      'C:A quote from Ana, and a demo of Brixo.',
      'C:And Zeta quoted.',
    ];
    expect((await ask(lines, { exclude: ['Zeta'], knowledge })).stances).toEqual({ Brixo: 'CONSIDERED' });
  });

  it('in the knowledge are known as rivals', () => {
    const knowledge = 'Our rivals: Pontis (cloud), Vela Nine and Orbit. Quent is another competitor of ours.';
    expect(namesInKnowledge(knowledge).rivals).toEqual(['Pontis', 'Vela Nine', 'Orbit', 'Quent']);
  });

  it('that nobody said are not found', async () => {
    const { answer } = await ask(['C:We only know you.'], { track: ['Acme', 'Lumeo'] });
    expect(answer).toBeNull();
  });
});
