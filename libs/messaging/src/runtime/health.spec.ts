import { describe, expect, it } from '@jest/globals';
import { Progress } from './health.js';

const never = Infinity;

describe('readiness', () => {
  it('begins when the feed was reached, not when the process started', () => {
    const progress = new Progress(never);
    expect(progress.health(0, [])).toMatchObject({ ready: false, reasons: ['it has not reached its feed yet'] });
    progress.measured(undefined);
    expect(progress.health(0, []).ready).toBe(false);
    progress.measured(7);
    expect(progress.health(0, [])).toMatchObject({ ready: true, lag: 7 });
  });

  it('ends while feed or database do not answer, and comes back with them', () => {
    const progress = new Progress(never);
    progress.measured(0);
    progress.reached(false);
    expect(progress.health(0, []).reasons).toEqual(['its feed or its database does not answer']);
    progress.reached(true);
    expect(progress.health(0, []).ready).toBe(true);
  });

  it('ends while something that the consumer needs does not work', () => {
    const progress = new Progress(never);
    progress.measured(0);
    expect(progress.health(3, ['inbox'])).toMatchObject({
      ready: false,
      reasons: ['inbox fails and is tried again'],
      inFlight: 3,
    });
  });

  it('ends when the consumer is behind and nothing moves, and not when there is nothing to do', () => {
    const progress = new Progress(-1);
    progress.measured(0);
    expect(progress.health(0, []).ready).toBe(true);
    progress.measured(5);
    expect(progress.health(0, []).ready).toBe(false);
    progress.measured(undefined);
    expect(progress.health(0, []).ready).toBe(false);
  });

  it('counts a lag that shrinks as progress, as one who stands by sees it', () => {
    const progress = new Progress(never);
    progress.measured(9);
    const before = progress.health(0, []).lastProgressAt;
    progress.measured(9);
    expect(progress.health(0, []).lastProgressAt).toBe(before);
    progress.measured(8);
    expect(progress.health(0, []).lastProgressAt).not.toBe(before);
  });

  it('never comes back once the consumer ended, and keeps the first reason', () => {
    const progress = new Progress(never);
    progress.measured(0);
    progress.ended('its feed is lost');
    progress.ended('it is stopping');
    progress.moved();
    expect(progress.health(0, [])).toMatchObject({ ready: false, reasons: ['its feed is lost'] });
  });
});
