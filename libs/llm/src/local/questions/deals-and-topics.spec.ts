import { describe, expect, it } from '@jest/globals';
import type { QuestionInput } from '@harmony/contracts';
import { createLocalAnalyst } from '../local-analyst.js';
import { conversationOf, noBackground } from '../testing/conversations.js';
import { meaningsOf } from './stage-meaning.js';

async function ask(lines: readonly string[], question: QuestionInput) {
  const answer = await createLocalAnalyst().answer({
    conversation: conversationOf(...lines),
    background: noBackground,
    question: question as never,
    signal: new AbortController().signal,
  });
  return answer.outcome === 'ANSWERED' ? answer.answer : null;
}

const stage = (key: string, name: string, description: string) => ({ key, name, description });

const solar = [
  stage('lead', 'Enquiry', 'First words, the house was not discussed'),
  stage('needs', 'House known', 'Roof, consumption and wishes were talked through; nothing was shown'),
  stage('shown', 'Simulation shown', 'The simulation of the roof was shown; no price is haggled over'),
  stage('trial', 'Trial', 'A test of the storage is agreed or running'),
  stage('terms', 'Bargaining', 'Price or conditions are being bargained over, and the owner has not said yes'),
  stage('yes', 'Agreed', 'The owner has said yes; only the paperwork is missing'),
];

const needs = [
  'Ada: How big is the roof?',
  'Ben: About ninety square metres, and it faces south and west.',
  'Ada: And how much do you use?',
  'Ben: Six thousand a year, because of the heat pump, and the bill hurts.',
  'Ada: What goes wrong today?',
  'Ben: We pay too much in winter and in summer the old boiler runs for nothing.',
];

describe('The stage of a deal', () => {
  it.each([
    ['needs', [...needs, "Ada: I'll show you the simulation on Thursday at ten.", 'Ben: Thursday is fine.']],
    [
      'shown',
      [
        ...needs,
        'Ada: Can you see my screen? This is the simulation of your roof.',
        'Ben: I see it.',
        'Ada: On the left you see June, and if I click here, December.',
        'Ben: Nice. We need no trial, thank you.',
      ],
    ],
    [
      'trial',
      [...needs, 'Ada: Would you like to test the storage for four weeks, free of charge?', 'Ben: Yes, let’s do that.'],
    ],
    [
      'terms',
      [
        ...needs,
        'Ada: That comes to 14,000 euros in total.',
        'Ben: That is too expensive. Can you come down?',
        'Ada: I can take 500 euros off.',
        'Ben: I will think about it.',
      ],
    ],
    [
      'yes',
      [
        ...needs,
        'Ada: That comes to 14,000 euros in total.',
        'Ben: Can you come down?',
        'Ada: I can take 500 euros off. Shall I draw up the contract?',
        'Ben: Yes. Go ahead, send me the contract.',
      ],
    ],
    ['lead', ['Ada: Ada from the solar shop.', "Ben: Don't call me again, not interested."]],
  ])('is "%s" by what was done last, and not by what is promised or refused', async (key, lines) => {
    expect(await ask(lines, { type: 'FUNNEL', stages: solar })).toMatchObject({ stage: key });
  });

  it('is not bargaining where one push is refused and dropped', async () => {
    const lines = [
      ...needs,
      'Ada: That comes to 14,000 euros in total.',
      'Ben: Any discount?',
      'Ada: No, sorry, there is none.',
      'Ben: Well, I had to try.',
    ];
    expect(await ask(lines, { type: 'FUNNEL', stages: solar })).not.toMatchObject({ stage: 'terms' });
  });
});

describe('The meaning of stages', () => {
  it('leaves out what they say is not yet so, and follows the way of a deal', () => {
    const stages = [
      stage('a', 'Curious', 'They asked about the gym'),
      stage('b', 'Tour', 'They were shown around; no taster session yet'),
      stage('c', 'Taster', 'A taster session is booked or was taken'),
      stage('d', 'Quotation awaited', 'They want a quotation and have not got it'),
      stage('e', 'Quotation given', 'A price is on the table, not haggled over'),
      stage('f', 'Joined', ''),
    ];
    expect(meaningsOf(stages)).toEqual(['CONTACT', 'SHOWN', 'TRIAL', 'OFFER_ASKED', 'OFFER', 'COMMITMENT']);
  });
});

describe('The bucket of a conversation', () => {
  const buckets = [
    { key: 'theft', name: 'Theft', description: 'Tools or machines were stolen' },
    { key: 'cost', name: 'Cost', description: 'The builder wants to pay less' },
    { key: 'growth', name: 'Growth', description: 'New branches have to be equipped' },
    { key: 'none', name: 'No reason', description: 'The builder names no reason of their own' },
  ];

  it.each([
    [
      'theft',
      [
        'Ada: What made you write to us?',
        'Ben: Somebody robbed the container. Three drills nicked in one night.',
        'Ada: And what do you pay for the tools today?',
        'Ben: The price is fine, that is not the problem.',
      ],
    ],
    [
      'growth',
      [
        'Ada: What brings you here? Were tools stolen again?',
        'Ben: No, never had that. We bought a second firm, two sites, and that is the whole reason: both sites are empty.',
      ],
    ],
    [
      'none',
      ['Ada: Ada from the tool shop. What goes wrong with your tools?', "Ben: Nothing. Don't call us again, goodbye."],
    ],
  ])('is "%s" by the reason that the customer gives, in whatever words', async (bucket, lines) => {
    expect(await ask(lines, { type: 'GROUP', buckets })).toMatchObject({ bucket });
  });
});
