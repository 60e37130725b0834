import { describe, expect, it } from '@jest/globals';
import { TranscriptText } from '@harmony/analysis';
import fc from 'fast-check';
import { conversationOf } from '../testing/perfect.js';
import { injectedInto, injectionTexts, valueWithout } from './injections.js';

describe('Injected instructions', () => {
  it('are one turn more, whole and in order, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (turns) => {
        const conversation = conversationOf(turns);
        const all = injectedInto(conversation);
        expect(all.length).toBeGreaterThanOrEqual(injectionTexts.length);
        expect(new Set(all.map((one) => one.conversation.key)).size).toBe(all.length);
        for (const { conversation: injected, at } of all) {
          expect(injected.turns.map(({ index }) => index)).toEqual(injected.turns.map((_, index) => index));
          const rest = injected.turns.filter(({ index }) => index !== at);
          expect(new TranscriptText(rest).toString()).toBe(new TranscriptText(conversation.turns).toString());
        }
      }),
    );
  });

  it('move the turns behind them, which is no change of an answer', () => {
    const zero = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };
    const saying = (...turns: number[]) => ({
      ...{ outcome: 'ANSWERED' as const, rationale: '', confidence: 1, evidence: [], searched: [] },
      answer: {
        ...{ type: 'SPIN_DISTRIBUTION' as const, counts: zero, shares: zero },
        questions: turns.map((turn) => ({ turn, quadrant: 'PROBLEM' as const })),
      },
    });
    expect(valueWithout(saying(1, 4), 3)).toEqual(valueWithout(saying(1, 3), Infinity));
    expect(valueWithout(saying(1, 4), 3)).not.toEqual(valueWithout(saying(1, 4), Infinity));
  });
});
