import { describe, expect, it } from '@jest/globals';
import type { AnswerOf } from '@harmony/contracts';
import { createLocalAnalyst } from '../local-analyst.js';
import { callOf } from '../testing/conversations.js';

const background = {
  language: 'en',
  knowledge: 'Roostergrid sells solar roofs. Competitors: Heliona, Sunwerk.',
  handbook: '',
  context: '',
};
const { signal } = new AbortController();

async function summarised(lines: readonly string[]): Promise<AnswerOf<'SUMMARY'>> {
  const found = await createLocalAnalyst().answer({
    conversation: callOf(lines, 'Visit at Farm Okoye'),
    background,
    signal,
    question: { type: 'SUMMARY' },
  });
  if (found.outcome !== 'ANSWERED' || found.answer.type !== 'SUMMARY') throw new Error('There is no summary.');
  return found.answer;
}

const visit = [
  'H:Hello Ben, what do you pay for electricity today?',
  'C:Nineteen thousand euros a year, and the cooling of the milk is half of it.',
  'H:Who else is looking at the roof?',
  'C:Heliona made us an offer in March, but they wanted to cut the old oak, so that was that.',
  'H:I can take five percent off the inverter.',
  "C:Good. I'll send you the last three bills tomorrow.",
];

describe('a summary', () => {
  it('says who spoke, what was said, how the deal stands and who does what', async () => {
    const { overview, keyPoints, actionItems } = await summarised(visit);
    expect(overview).toContain('Visit at Farm Okoye: Ana Sousa spoke with Ben Ito.');
    expect(overview).toContain('Heliona was turned down or ruled out.');
    expect(overview).toContain('5 percent off');
    expect(keyPoints.join('\n')).toContain('19,000 euros a year');
    expect(actionItems).toEqual([
      { text: 'Send Ana the last three bills tomorrow', owner: 'Ben Ito', due: 'tomorrow' },
    ]);
  });

  it('of a long conversation is no longer than one reads, and the same each time', async () => {
    const long = Array.from(
      { length: 3_000 },
      (_, at) => `${at % 2 ? 'C' : 'H'}:Sheep ${at} gives ${at} litres, and the tank of barn ${at % 7} is full.`,
    );
    const first = await summarised(long);
    expect(first.keyPoints.length).toBeLessThanOrEqual(25);
    expect(await summarised(long)).toEqual(first);
  });

  it('lets others go on while it reads 25,000 turns', async () => {
    const lines = Array.from({ length: 25_000 }, (_, at) => visit[at % visit.length] ?? '');
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    const { keyPoints } = await summarised(lines);
    clearInterval(timer);
    expect(keyPoints.length).toBeGreaterThan(0);
    expect(ticks).toBeGreaterThan(10);
  }, 300_000);
});
