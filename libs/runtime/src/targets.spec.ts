import { describe, expect, it } from '@jest/globals';
import type { ServiceDescriptor } from './descriptor.js';
import { findTarget } from './targets.js';

const named = (name: string): ServiceDescriptor => ({ name }) as ServiceDescriptor;
const services = [named('ingestion'), named('workspace')];

describe('a target', () => {
  it('is everything, the gateway, the relay or one service', () => {
    expect(findTarget('all', services)).toMatchObject({ workers: services, gateway: true, relay: 'with-brokers' });
    expect(findTarget('gateway', services)).toMatchObject({ workers: [], gateway: true, relay: 'never' });
    expect(findTarget('relay', services)).toMatchObject({ workers: [], gateway: false, relay: 'always' });
    expect(findTarget('workspace', services)).toMatchObject({ workers: [services[1]], gateway: false });
  });

  it.each(['', 'everything', 'All', 'ingestion '])('is not "%s"', (name) => {
    expect(() => findTarget(name, services)).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_TARGET',
        message: expect.stringContaining('Choose one of: all, gateway, relay, ingestion, workspace.'),
      }),
    );
  });

  it('cannot share its name, which is also its consumer group and schema', () => {
    expect(() => findTarget('all', [named('relay')])).toThrow('named "relay"');
    expect(() => findTarget('all', [named('a'), named('a')])).toThrow('named "a"');
  });
});
