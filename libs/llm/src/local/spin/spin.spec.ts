import { describe, expect, it } from '@jest/globals';
import { parseConversation } from '../language/conversation.js';
import type { AnalysedConversation } from '../../port.js';
import { quadrantOf } from './quadrant.js';
import { countByQuadrant, spinQuestions, weakestQuadrants } from './spin-questions.js';

type Line = readonly ['HOST' | 'CUSTOMER', string];

function conversation(lines: readonly Line[]): AnalysedConversation {
  const roles = ['HOST', 'CUSTOMER'] as const;
  return {
    key: lines.map(([, text]) => text).join('\n'),
    title: 'Call',
    startedAt: null,
    voices: roles.map((role) => ({ code: role, name: role === 'HOST' ? 'Ana Sousa' : 'Ben Ito', role })),
    turns: lines.map(([speaker, text], index) => ({ index, speaker, text, startMs: null, endMs: null })),
  };
}

const asked = async (lines: readonly Line[]): Promise<string[]> =>
  (await spinQuestions(await parseConversation(conversation(lines)))).map(
    ({ turn, quadrant }) => `${turn} ${quadrant}`,
  );

describe('a question of a host', () => {
  it.each([
    ['How many wards do you run?', 'SITUATION'],
    ['Who signs the lease at your end?', 'SITUATION'],
    ['Which bookkeeping package are you on at the moment?', 'SITUATION'],
    ['Where does the handover break down most often?', 'PROBLEM'],
    ["What's the biggest headache with the rota?", 'PROBLEM'],
    ['Are the teachers happy with the timetable?', 'PROBLEM'],
    ['What does a late delivery cost you?', 'IMPLICATION'],
    ['When a class is cancelled, what happens to the parents?', 'IMPLICATION'],
    ['How does that affect your other branches?', 'IMPLICATION'],
    ['If you could see the stock of every shop, what would you do with that?', 'NEED_PAYOFF'],
    ['Would it help your nurses if the forms were filled in by themselves?', 'NEED_PAYOFF'],
    ['How useful would a weekly report be?', 'NEED_PAYOFF'],
  ])('"%s" asks about the %s', (question, quadrant) => expect(quadrantOf(question)).toBe(quadrant));
});

describe('the questions of a conversation', () => {
  it('leave out small talk, favours, dates and echoes', async () => {
    const lines: Line[] = [
      ['HOST', 'Hi Ben, how was your weekend?'],
      ['CUSTOMER', 'Fine, thanks.'],
      ['HOST', 'Can you hear me well?'],
      ['CUSTOMER', 'Yes. We run nine bakeries.'],
      ['HOST', 'Nine bakeries?'],
      ['CUSTOMER', 'Nine, yes.'],
      ['HOST', 'Could you send me the list?'],
      ['CUSTOMER', 'Sure.'],
      ['HOST', 'Does Thursday at two work for you?'],
      ['CUSTOMER', 'It does.'],
    ];
    expect(await asked(lines)).toEqual([]);
  });

  it('count those of hosts only, also where the question mark is missing', async () => {
    const lines: Line[] = [
      ['HOST', 'thanks for your time'],
      ['CUSTOMER', 'how much is it per seat?'],
      ['HOST', 'ten euros a month.'],
      ['CUSTOMER', 'and how do you bill that?'],
      ['HOST', 'by card. tell me about the way you plan the shifts today'],
      ['CUSTOMER', 'by hand, in a notebook.'],
      ['HOST', 'and what goes wrong with the notebook'],
      ['CUSTOMER', 'people forget to look.'],
    ];
    expect(await asked(lines)).toEqual(['4 SITUATION', '6 PROBLEM']);
  });

  it('take a follow-up without a verb for more of the question before it', async () => {
    const lines: Line[] = [
      ...(Array.from({ length: 4 }, (_, at) => [at % 2 ? 'CUSTOMER' : 'HOST', 'Right.']) as Line[]),
      ['HOST', 'What goes wrong in the kitchens?'],
      ['CUSTOMER', 'The orders come late.'],
      ['HOST', 'And in the canteen?'],
      ['CUSTOMER', 'There too.'],
    ];
    expect(await asked(lines)).toEqual(['4 PROBLEM', '6 PROBLEM']);
  });

  it('have no count where nobody asks, and all quadrants are equally weak', async () => {
    const questions = await spinQuestions(await parseConversation(conversation([['HOST', 'Goodbye.']])));
    expect(weakestQuadrants(countByQuadrant(questions))).toHaveLength(4);
  });
});
