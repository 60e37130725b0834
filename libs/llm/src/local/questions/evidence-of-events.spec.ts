import { describe, expect, it } from '@jest/globals';
import { read } from '../language/reading.js';
import { conversationOf, noBackground } from '../testing/conversations.js';
import { parseAsk } from './ask.js';
import { decideText } from './decide.js';
import { answerIn } from './find-answer.js';

const isMet = async (question: string, ...lines: readonly string[]): Promise<boolean> =>
  decideText(await read(conversationOf(...lines)), question, noBackground).isMet;

const answerTo = async (question: string, ...lines: readonly string[]): Promise<string | undefined> =>
  answerIn(await read(conversationOf(...lines)), question, noBackground)
    ?.sentences.map(({ text }) => text)
    .join(' ');

describe('whether something is so', () => {
  it('is denied by whoever was asked the same and said no, whatever else is said of the matter', async () => {
    const lines = [
      'Ada: Do you have a maintenance contract for the lift at the moment?',
      'Bo: None. The boiler has a maintenance contract, but that is the boiler.',
      'Ada: Our smallest maintenance contract is ninety a month.',
    ] as const;
    expect(await isMet('Does the landlord have a maintenance contract for the lift today?', ...lines)).toBe(false);
  });

  it('is shown by whoever was asked the same and said yes', async () => {
    const lines = ['Ada: Do you have a maintenance contract for the lift at the moment?', 'Bo: Yes, with Brenning.'];
    expect(await isMet('Does the landlord have a maintenance contract for the lift today?', ...lines)).toBe(true);
  });

  it('is no worry when somebody is afraid to have little time, or sleeps well over it', async () => {
    const question = 'Did anyone from the bakery express a worry about the oven?';
    expect(
      await isMet(question, 'Ada: So, the oven.', "Bo: I've got ten minutes, I'm afraid, then the oven is hot."),
    ).toBe(false);
    expect(await isMet(question, 'Ada: And the oven?', "Bo: The oven, I don't lose sleep over that.")).toBe(false);
    expect(await isMet(question, 'Ada: And the oven?', "Bo: I'm worried about the oven.")).toBe(true);
  });

  it('is agreed when one side proposes it and the other says yes, though the yes names nothing', async () => {
    const lines = [
      "Ada: Then let's put two sample hives on your roof for a month. Would you do that?",
      'Bo: Yes. Put them up.',
    ] as const;
    expect(await isMet('Did the customer agree to have sample hives on the roof?', ...lines)).toBe(true);
  });
});

describe('the matter of a question', () => {
  it('is not the party that is to have said it, nor the one that owns it', () => {
    const slots = (text: string) => parseAsk(text, noBackground).topic.slots.flatMap(({ words }) => words);
    expect(slots('The bakery says how many ovens it runs')).not.toContain('bakeri');
    expect(slots("When does the florist's lease end?")).not.toContain('florist');
    expect(slots("When does the florist's lease end?")).toContain('end');
  });
});

describe('the answer to a question', () => {
  it('stands in the reply to a host who asked the same in other words', async () => {
    const lines = [
      'Ada: When would you like to begin?',
      'Bo: After the harvest. From the ninth of October.',
      'Ada: And who looks after the orchard?',
    ] as const;
    expect(await answerTo('When should the pruning course begin?', ...lines)).toContain('ninth of October');
  });

  it('is none where the reply begins with not knowing', async () => {
    const lines = ['Ada: Who signs the lease?', 'Bo: Not sure. We quarrel about who signs.'];
    expect(await answerTo('Who at the florist signs the lease?', ...lines)).toBeUndefined();
  });
});
