import { insightTypes } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { promptNames, promptText, render, templateVersionOf, versioned } from './prompts.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

describe('the prompts', () => {
  it('never change under the same version: a new text is a new file with the next number', () => {
    expect(Object.fromEntries(promptNames.map((name) => [versioned(name), digest(promptText(name))]))).toEqual(pinned);
  });

  it('are there for every type, and their versions are part of what an answer comes from', () => {
    for (const type of [...insightTypes, 'EXTRACTION'] as const) {
      expect(templateVersionOf(type)).toMatch(/^[a-z-]+\.v\d+( [a-z-]+\.v\d+)+$/);
    }
    expect(templateVersionOf('YES_NO')).not.toBe(templateVersionOf('SCALE'));
  });

  it('fill in what they are given and do not look through it again', () => {
    expect(render('yes-no', { question: 'Is {{question}} $& fine?' })).toContain('Is {{question}} $& fine?');
    expect(() => render('yes-no')).toThrow('{{question}}');
  });
});

const pinned = {
  'buyer-engagement.v1': '613218e32967',
  'checklist.v1': 'd7e82276918a',
  'competitors.v1': 'e3726eaca388',
  'conversation.v1': 'c35319523fa8',
  'discount.v1': 'c78836ad6caf',
  'extraction.v1': '5695333d167e',
  'from-notes.v1': '5e6dc83d152d',
  'from-passages.v1': '24e9b2c2e5c6',
  'funnel.v1': '5220a6e02db7',
  'group.v1': 'ca59031799a5',
  'markdown.v1': 'fbfe4a467f21',
  'notes.v1': 'dd600e7cfab4',
  'open-question.v1': 'dd9390fe2d2f',
  'repair.v1': 'd65ea677156f',
  'scale.v1': 'cf9c7467d561',
  'spin-distribution.v1': 'cb4dbfaa4ae0',
  'spin-improvement.v1': 'a6edb15592de',
  'summary.v1': 'c44b9326bef1',
  'system.v1': '9df6123c4fff',
  'yes-no.v1': 'f5b54855bdaa',
};
