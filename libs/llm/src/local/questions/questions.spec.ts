import { describe, expect, it } from '@jest/globals';
import { question as questionSchema, type QuestionInput } from '@harmony/contracts';
import type { AnalysedConversation, Background } from '../../port.js';
import { createLocalAnalyst } from '../local-analyst.js';
import { conversationOf, noBackground } from '../testing/conversations.js';

const analyst = createLocalAnalyst();

async function ask(conversation: AnalysedConversation, asked: QuestionInput, background: Partial<Background> = {}) {
  const found = await analyst.answer({
    conversation,
    question: questionSchema.parse(asked),
    background: { ...noBackground, ...background },
    signal: new AbortController().signal,
  });
  for (const { turn, quote } of found.evidence) expect(conversation.turns[turn]?.text).toContain(quote);
  return found.outcome === 'ANSWERED' ? { ...found.answer, evidence: found.evidence } : null;
}

const gym = conversationOf(
  'Nora: Hello, this is Nora from Pulse Gym. How many times a week do you train?',
  'Leo: Three times a week. My back hurts from sitting all day.',
  'Nora: What is your budget for a membership?',
  'Leo: I can spend at most forty euros a month.',
  'Nora: Shall we do a trial training on Thursday at six?',
  'Leo: Thursday at six works for me, put it in.',
  'Nora: So to sum up: I book you for Thursday, I send you the address, and you bring a towel.',
  'Leo: Great, see you then.',
);

const flat = conversationOf(
  'Ines: Good afternoon, you viewed the flat on Rose Street. What did you think?',
  'Tom: We liked the garden. I am worried about the noise from the road, honestly.',
  'Ines: I understand. And who decides in the end?',
  'Tom: My wife Clara Voss has the last word. She signs the lease or nobody does.',
  'Ines: Shall we meet again on Monday?',
  'Tom: No, not yet. We want to look at other flats first.',
);

describe('Yes/no questions', () => {
  it('are answered by yes with the words that show it', async () => {
    const found = await ask(gym, {
      type: 'YES_NO',
      question: 'Did both sides agree on an appointment with a specific day?',
    });
    expect(found).toMatchObject({
      answer: 'YES',
      evidence: expect.arrayContaining([expect.objectContaining({ turn: 5 })]),
    });
    const concern = await ask(flat, { type: 'YES_NO', question: 'Did the tenant raise a concern about noise?' });
    expect(concern).toMatchObject({
      answer: 'YES',
      evidence: [expect.objectContaining({ turn: 1 }), ...[]].slice(0, 1),
    });
  });

  it('are answered by no where it was proposed and refused, or never spoken of', async () => {
    expect(
      await ask(flat, { type: 'YES_NO', question: 'Did both sides agree on another meeting with a specific day?' }),
    ).toMatchObject({ answer: 'NO' });
    expect(await ask(gym, { type: 'YES_NO', question: 'Did the customer ask for a refund?' })).toMatchObject({
      answer: 'NO',
    });
  });

  it('compare numbers where the question does', async () => {
    const lease = conversationOf('Ines: Would you take the lease for three years?', 'Tom: Yes, three years, agreed.');
    const question = 'Did the tenant agree to a lease longer than two years?';
    expect(await ask(lease, { type: 'YES_NO', question })).toMatchObject({ answer: 'YES' });
    const short = conversationOf('Ines: Would you take the lease for one year?', 'Tom: Yes, one year, agreed.');
    expect(await ask(short, { type: 'YES_NO', question })).toMatchObject({ answer: 'NO' });
  });
});

describe('Checklists', () => {
  it('judge each item by itself', async () => {
    const found = await ask(gym, {
      type: 'CHECKLIST',
      items: [
        { key: 'budget', text: 'The customer names a budget as a figure' },
        { key: 'recap', text: 'The host sums up the next steps before the end' },
        { key: 'allergy', text: 'Allergies to medicines were discussed' },
      ],
    });
    expect(found).toMatchObject({ items: [{ outcome: 'MET' }, { outcome: 'MET' }, { outcome: 'NOT_DISCUSSED' }] });
  });
});

describe('Open questions', () => {
  it('about who decides are answered by a name, in full, and by the words', async () => {
    const found = await ask(flat, { type: 'OPEN_QUESTION', question: 'Who makes the final decision on the lease?' });
    expect(found).toMatchObject({ answer: expect.stringContaining('Clara Voss') });
  });

  it('about money are answered by the sentence with the figure', async () => {
    const found = await ask(gym, { type: 'OPEN_QUESTION', question: 'What budget does the customer have?' });
    expect(found).toMatchObject({ answer: expect.stringContaining('forty euros') });
  });

  it('are not answered where nobody said it', async () => {
    expect(
      await ask(gym, { type: 'OPEN_QUESTION', question: 'Who makes the final decision on the lease?' }),
    ).toBeNull();
  });
});

const vehicles = conversationOf(
  'Ada: What brings you to our garage?',
  'Ben: The brakes squeal, and last week they failed. That is dangerous with the kids in the car.',
  'Ada: Anything else?',
  'Ben: No, the price is fine. I just need the brakes repaired.',
);

describe('Groups', () => {
  const buckets = [
    { key: 'safety', name: 'Safety', description: 'Something on the car is dangerous, such as brakes or tyres' },
    { key: 'price', name: 'Price', description: 'The customer finds the repair too expensive' },
    { key: 'none', name: 'No reason', description: 'The customer names no reason' },
  ];

  it('take the bucket of which most was said', async () => {
    expect(await ask(vehicles, { type: 'GROUP', buckets })).toMatchObject({ bucket: 'safety' });
  });

  it('take the bucket for none of them where nothing was said of the others', async () => {
    const talk = conversationOf('Ada: How was the weekend?', 'Ben: We went to the lake, thanks.');
    expect(await ask(talk, { type: 'GROUP', buckets })).toMatchObject({ bucket: 'none' });
  });
});

describe('Scales', () => {
  const labels = { 1: 'No hurry', 5: 'Emergency' };
  const asked: QuestionInput = { type: 'SCALE', question: 'How urgent is the repair?', min: 1, max: 5, labels };

  it('go up with what is grave, and down with what is light', async () => {
    const grave = conversationOf(
      'Ada: What is it?',
      'Ben: The pipe burst, the cellar is flooded, we lost the stock. It is an emergency, come immediately.',
    );
    const light = conversationOf(
      'Ada: What is it?',
      'Ben: A small thing, no rush. The tap drips a bit, some day would be fine.',
    );
    const [high, low] = [await ask(grave, asked), await ask(light, asked)];
    expect(high).toMatchObject({ value: expect.any(Number) });
    expect(high?.type === 'SCALE' && low?.type === 'SCALE' && high.value - low.value).toBeGreaterThanOrEqual(2);
  });

  it('keep to their range', async () => {
    const found = await ask(vehicles, { ...asked, min: -3, max: -1, labels: {} });
    expect(found?.type === 'SCALE' && found.value >= -3 && found.value <= -1).toBe(true);
  });
});

describe('Funnels', () => {
  const stages = [
    { key: 'contact', name: 'First contact', description: 'Contact was made' },
    { key: 'offer', name: 'Offer made', description: 'The price was offered, nothing is accepted' },
    { key: 'won', name: 'Accepted', description: 'The customer said yes to the offer' },
  ];

  it.each([
    ['contact', ['Ada: Hello, Ada from the garden centre.', 'Ben: Hello.']],
    ['offer', ['Ada: The hedge costs 900 euros in total.', 'Ben: I see. I will think about it.']],
    [
      'won',
      [
        'Ada: The hedge costs 900 euros in total.',
        'Ben: Good.',
        'Ada: Shall I order it?',
        'Ben: Yes, let’s do it, you have a deal.',
      ],
    ],
  ])('reach "%s" and nothing later', async (stage, lines) => {
    expect(await ask(conversationOf(...lines), { type: 'FUNNEL', stages })).toMatchObject({ stage });
  });
});

describe('Notes', () => {
  it('list what the prompt asks for, in bullet points', async () => {
    const found = await ask(flat, { type: 'MARKDOWN', prompt: 'List the concerns of the customer as bullet points.' });
    expect(found).toMatchObject({ markdown: expect.stringMatching(/^- .*noise/mu) });
  });

  it('write what the prompt says where there is nothing', async () => {
    const talk = conversationOf('Ada: Hello there.', 'Ben: Hello to you.');
    const prompt = "List the problems that the customer describes. Write 'None stated' if there are none.";
    expect(await ask(talk, { type: 'MARKDOWN', prompt })).toMatchObject({ markdown: 'None stated' });
  });

  it('have the headings that the prompt names', async () => {
    const found = await ask(flat, {
      type: 'MARKDOWN',
      prompt: 'Write a brief with the headings Situation, Risks and Next step.',
    });
    expect(found).toMatchObject({ markdown: expect.stringMatching(/## Situation[^]*## Risks[^]*## Next step/u) });
  });
});

describe('What the project knows', () => {
  it('explains its own words', async () => {
    const buckets = [
      { key: 'port', name: 'Port', description: 'Charges for containers that stay too long at the port' },
      { key: 'damage', name: 'Broken goods', description: 'Goods arrive broken' },
      { key: 'none', name: 'None', description: 'No trouble' },
    ];
    const talk = conversationOf(
      'Ada: What is the trouble?',
      'Ben: We paid zolt twice, that is the problem. Zolt is expensive.',
    );
    const knowledge = 'Glossary: zolt = charge for a container that stays too long.';
    expect(await ask(talk, { type: 'GROUP', buckets }, { knowledge })).toMatchObject({ bucket: 'port' });
    expect(await ask(talk, { type: 'GROUP', buckets })).toMatchObject({ bucket: 'none' });
  });
});
