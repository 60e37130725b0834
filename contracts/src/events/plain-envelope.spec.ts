import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { envelopeSchema } from './envelope.js';
import { isPlainEnvelope } from './plain-envelope.js';
import { decodeEvent } from './registry.js';

const plain = {
  id: '7a1c2f0e-5d7b-4c55-9a39-1f1df0a6f2aa',
  type: 'ConversationCompleted',
  version: 1,
  occurredAt: '2025-02-03T04:05:06.789Z',
  workspaceId: '8b2d3a1f-6e8c-4d66-8b4a-2a2ea1b7a3bb',
  actor: { kind: 'USER', id: 'somebody' },
  correlationId: 'correlation',
  causationId: 'causation',
};

/** Right, nearly right and wrong values for any field. */
const values = fc.oneof(
  fc.constantFrom(...Object.values(plain)),
  fc.uuid(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom('2025-02-30T04:05:06.789Z', '2025-02-03T24:05:06.789Z', '2025-13-03T04:05:06Z', '', ' ', 'x'),
  fc.constantFrom<unknown>(0, -1, 1.5, 2, 2 ** 53, Number.NaN, null, undefined, true, [], {}),
  fc.record({ kind: fc.constantFrom('USER', 'API_KEY', 'SYSTEM', 'user', 1), id: fc.constantFrom('a', '', 1) }),
);
const nearlyPlain = fc
  .dictionary(fc.constantFrom(...Object.keys(plain), 'other'), values, { maxKeys: 3 })
  .map((changes) => ({ ...plain, ...changes }));

describe('a plain envelope', () => {
  it('is one that the schema accepts', () => {
    expect(isPlainEnvelope(plain)).toBe(true);
    fc.assert(
      fc.property(nearlyPlain, (envelope) => {
        if (isPlainEnvelope(envelope)) expect(envelopeSchema.safeParse(envelope).success).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('may be missed without harm: the schema has the last word', () => {
    const data = { conversationId: plain.id };
    const unusual = { ...plain, occurredAt: '2024-02-29T04:05:06.123456Z', id: plain.id.toUpperCase(), data };
    expect(isPlainEnvelope(unusual)).toBe(false);
    expect(decodeEvent(unusual)).toEqual(unusual);
  });

  it('decodes to its own fields and no others', () => {
    const data = { conversationId: plain.id };
    const actor = { ...plain.actor, extra: true };
    expect(decodeEvent({ ...plain, actor, data, streamId: 'conversation-1' })).toEqual({ ...plain, data });
  });
});
