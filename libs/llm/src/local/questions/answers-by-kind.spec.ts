import { describe, expect, it } from '@jest/globals';
import { question as questionSchema } from '@harmony/contracts';
import { createLocalAnalyst } from '../local-analyst.js';
import { conversationOf, noBackground } from '../testing/conversations.js';

const analyst = createLocalAnalyst();

async function answerTo(question: string, type: 'OPEN_QUESTION' | 'YES_NO', ...lines: string[]) {
  const found = await analyst.answer({
    conversation: conversationOf(...lines),
    question: questionSchema.parse({ type, question }),
    background: noBackground,
    signal: new AbortController().signal,
  });
  if (found.outcome !== 'ANSWERED') return null;
  return found.answer.type === type ? found.answer.answer : null;
}

const visit = [
  'Nora: Hello, Nora from Brightlake. What can we do for you?',
  'Leo: There are wasps above our terrace, a whole nest of them.',
  'Nora: Would this week suit you?',
  'Leo: Friday. After lunch, when it is quiet.',
  'Nora: Friday after lunch. Who will open the gate for us?',
  'Leo: My neighbour. Ask for Odile, she has all the keys.',
  'Nora: And the report, do you need that soon?',
  'Leo: I would want it by Monday noon, please, in writing.',
];

describe('a question that wants one of a kind', () => {
  it.each([
    ['Which animal or insect troubles the customer?', 'wasps'],
    ['Who will let our colleague in?', 'Odile'],
    ['Until when does the customer want the report?', 'Monday'],
  ])('%s is answered by what names one', async (question, part) => {
    expect(await answerTo(question, 'OPEN_QUESTION', ...visit)).toContain(part);
  });

  it('has no answer where nobody names one', async () => {
    expect(await answerTo('In which city does the customer live?', 'OPEN_QUESTION', ...visit)).toBeNull();
  });
});

describe('a threat to leave', () => {
  const question = 'Does the customer threaten to go to another company?';

  it('is heard in a condition with a consequence', async () => {
    const said = "Leo: If this goes on we'll be having somebody round who knows how.";
    expect(await answerTo(question, 'YES_NO', 'Nora: Hello.', said)).toBe('YES');
  });

  it('is not heard in a mere mention of others', async () => {
    expect(await answerTo(question, 'YES_NO', 'Nora: Hello.', 'Leo: Our neighbours have another company.')).toBe('NO');
  });
});

it('a day that answers when it would suit is a meeting that is agreed', async () => {
  expect(await answerTo('Was a visit agreed for a definite day?', 'YES_NO', ...visit)).toBe('YES');
});

describe('Whether something was done to what is asked about', () => {
  const asked = 'Nora: Is the budget for the bicycles approved?';

  it.each([
    ['Leo: Yes, the budget is approved.', 'YES'],
    ['Leo: Yes, it was approved last week.', 'YES'],
    ['Leo: No, the budget is not approved yet.', 'NO'],
  ])('is taken from the reply "%s": %s', async (said, expected) => {
    expect(await answerTo('Is the budget approved?', 'YES_NO', asked, said)).toBe(expected);
  });

  it.each([
    ['Leo: The budget is approved, please send the contract.', 'YES'],
    ['Leo: We have the budget approved since Monday.', 'YES'],
    ['Leo: The budget is not approved yet.', 'NO'],
  ])('is also told unasked by "%s": %s', async (said, expected) => {
    expect(await answerTo('Is the budget approved?', 'YES_NO', 'Nora: How was it?', said)).toBe(expected);
  });

  it('is no where nobody spoke of it', async () => {
    expect(await answerTo('Is the budget approved?', 'YES_NO', 'Nora: How was it?', 'Leo: Lovely.')).toBe('NO');
  });
});
