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
    ['How many teachers eat in the canteen?', 'SITUATION'],
    ['Who orders the ingredients, and how far ahead?', 'SITUATION'],
    ["What's the roof made of?", 'SITUATION'],
    ['When was the boiler put in?', 'SITUATION'],
    ['How old is the current wiring?', 'SITUATION'],
    ['Which of the clinics is the biggest?', 'SITUATION'],
    ['How are appointments booked today?', 'SITUATION'],
    ["What did last year's electricity bill come to?", 'SITUATION'],
    ['Is the house listed?', 'SITUATION'],
    ['Do you own the building or rent it?', 'SITUATION'],
    ['How much do you ship in a normal month, and where to?', 'SITUATION'],
    ["What's your current cover limit?", 'SITUATION'],
    ['How many claims did you file last year?', 'SITUATION'],
    ['Who would have to approve a change of insurer?', 'SITUATION'],
    ['When would you want to start?', 'SITUATION'],
    ['When does the current contract run out?', 'SITUATION'],
    ['What would you need from us for the tender?', 'SITUATION'],
    ['Would the council have to agree?', 'SITUATION'],
    ['How would the money be approved?', 'SITUATION'],
    ['If you decide, who signs?', 'SITUATION'],
    ['Do parents pay per meal or per month?', 'SITUATION'],
    ['And what share of the goods is refrigerated?', 'SITUATION'],
    ['Could you tell me how the rota is made?', 'SITUATION'],
    ['What happens after a patient books?', 'SITUATION'],
    ['What do you do with the leftovers today?', 'SITUATION'],
    ['How much of that is air freight?', 'SITUATION'],
    ['Where does the booking process let you down?', 'PROBLEM'],
    ['How often do patients simply not turn up?', 'PROBLEM'],
    ['What annoys the kitchen staff most?', 'PROBLEM'],
    ['Is anybody unhappy with the food as it is?', 'PROBLEM'],
    ['Where do you feel the cover is too thin?', 'PROBLEM'],
    ["Did you ever have a claim that wasn't paid?", 'PROBLEM'],
    ["What don't you like about your current installer?", 'PROBLEM'],
    ['How hard is it to reach somebody when a container goes missing?', 'PROBLEM'],
    ['What do the parents complain about?', 'PROBLEM'],
    ['Do you ever run out of meals?', 'PROBLEM'],
    ['How reliable is the delivery in winter?', 'PROBLEM'],
    ["What's the most tiresome part of the paperwork?", 'PROBLEM'],
    ['What made you unhappy with the last broker?', 'PROBLEM'],
    ['Has the phone line been a difficulty for older patients?', 'PROBLEM'],
    ['Is the price swing something that keeps you awake?', 'PROBLEM'],
    ['How satisfied are you with the response times?', 'PROBLEM'],
    ["Are there days when the receptionists can't keep up?", 'PROBLEM'],
    ['What prompted you to look for something else?', 'PROBLEM'],
    ['Where are the weak spots in the current arrangement?', 'PROBLEM'],
    ['Does it happen that two patients get the same slot?', 'PROBLEM'],
    ["When a patient doesn't come, what does the doctor do with that half hour?", 'IMPLICATION'],
    ['What does an empty slot cost you?', 'IMPLICATION'],
    ['How does that affect the waiting list?', 'IMPLICATION'],
    ['If a container is late, what does your buyer do?', 'IMPLICATION'],
    ['And what does that mean for your cash flow?', 'IMPLICATION'],
    ["What happens to the children who don't like it?", 'IMPLICATION'],
    ['How much staff time goes into chasing that?', 'IMPLICATION'],
    ["What's the effect on the rest of the team?", 'IMPLICATION'],
    ['Has that ever cost you a customer?', 'IMPLICATION'],
    ['Does that lead to overtime?', 'IMPLICATION'],
    ['What would happen if it failed in January?', 'IMPLICATION'],
    ['So what do three unpaid claims do to your margin?', 'IMPLICATION'],
    ['How many hours a week do you lose on that?', 'IMPLICATION'],
    ['If the reminders went out by themselves, how much time would that free up?', 'NEED_PAYOFF'],
    ['Would it help if the menu was published a month ahead?', 'NEED_PAYOFF'],
    ['What would a fixed price for ten years be worth to you?', 'NEED_PAYOFF'],
    ['How would it help your receptionists if patients could book online?', 'NEED_PAYOFF'],
    ['If you could cut the no-shows in half, what would that mean for the practice?', 'NEED_PAYOFF'],
    ['Would a single contact for claims make things easier for you?', 'NEED_PAYOFF'],
    ['What would you do with the money you save on electricity?', 'NEED_PAYOFF'],
    ['How valuable would it be to know where every container is?', 'NEED_PAYOFF'],
    ['And if the claim was paid within a week, what difference would that make?', 'NEED_PAYOFF'],
    ['Suppose the kitchen got the numbers at eight, what would change?', 'NEED_PAYOFF'],
    ['How important is it for you to be independent of the grid?', 'NEED_PAYOFF'],
    ['Would that take some pressure off the team?', 'NEED_PAYOFF'],
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
