import type { AttributedCause } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { attributionOf, type DrawnChange } from './attribution.js';
import { wilsonInterval } from './interval.js';

const change = (...effects: [cause: AttributedCause, isChanged: boolean | null][]): DrawnChange =>
  effects.map(([cause, isChanged]) => ({ cause, isChanged }));

describe('what made results change', () => {
  it('is nothing while nobody has asked', () => {
    expect(attributionOf([])).toEqual({
      ...{ isDrawing: false, drawn: 0, pending: 0, unknown: 0, attributed: 0, together: 0, causes: [] },
    });
  });

  it('counts each cause that alone changes a result, of all that were looked into', () => {
    const found = attributionOf([
      change(['NOTHING_CHANGED', false], ['DEFINITION_CHANGED', true], ['KNOWLEDGE_CHANGED', true]),
      change(['NOTHING_CHANGED', false], ['DEFINITION_CHANGED', true]),
      change(['NOTHING_CHANGED', true], ['DEFINITION_CHANGED', false]),
      change(['NOTHING_CHANGED', false], ['DEFINITION_CHANGED', false], ['KNOWLEDGE_CHANGED', false]),
      null,
      change(),
    ]);
    expect(found).toMatchObject({ drawn: 6, pending: 1, unknown: 1, attributed: 4, together: 1 });
    expect(found.causes).toEqual([
      { cause: 'DEFINITION_CHANGED', tried: 4, changed: 2, share: 0.5, interval: wilsonInterval(2, 4) },
      { cause: 'KNOWLEDGE_CHANGED', tried: 2, changed: 1, share: 0.25, interval: wilsonInterval(1, 4) },
      { cause: 'NOTHING_CHANGED', tried: 4, changed: 1, share: 0.25, interval: wilsonInterval(1, 4) },
    ]);
  });

  it('does not take an input for harmless that could not be tried', () => {
    const untried = change(['NOTHING_CHANGED', false], ['DEFINITION_CHANGED', null]);
    const found = attributionOf([untried]);
    expect(found).toMatchObject({ attributed: 1, together: 0 });
    expect(found.causes.map(({ cause }) => cause)).toEqual(['NOTHING_CHANGED']);
    const changed = change(['NOTHING_CHANGED', false], ['DEFINITION_CHANGED', true]);
    const [definition] = attributionOf([untried, changed, changed]).causes;
    expect(definition).toMatchObject({ tried: 2, changed: 2, share: 1, interval: wilsonInterval(2, 2) });
    const nothing = change(['NOTHING_CHANGED', null], ['DEFINITION_CHANGED', null]);
    expect(attributionOf([nothing])).toMatchObject({ attributed: 0, unknown: 1, causes: [] });
  });
});
