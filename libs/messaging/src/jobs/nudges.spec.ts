import { describe, expect, it, jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { Notification, PoolClient } from 'pg';
import { Nudges } from './nudges.js';

const inserted = (count: number): Notification => ({
  ...{ processId: 1, channel: 'jobs:insert' },
  payload: JSON.stringify({ r: 0.5, count }),
});

/** What graphile-worker hears of a client: the payloads, in order. */
function listening() {
  const client = new EventEmitter();
  const nudges = new Nudges();
  const heard: string[] = [];
  const slowed = nudges.slowed(client as unknown as PoolClient);
  const listener = ({ channel, payload }: Notification): void => void heard.push(`${channel} ${payload}`);
  slowed.on('notification', listener);
  return { client, slowed, nudges, heard, listener };
}

const one = 'jobs:insert {"count":1}';

describe('nudges of idle workers', () => {
  it('send one worker at once, and another one later for all that came meanwhile', () => {
    jest.useFakeTimers();
    try {
      // Given twenty jobs that are inserted at once
      const { client, heard } = listening();
      for (let job = 0; job < 20; job += 1) client.emit('notification', inserted(1));
      // Then one worker goes, and one more when the pause is over
      expect(heard).toEqual([one]);
      jest.advanceTimersByTime(10);
      expect(heard).toEqual([one, one]);
      // And nobody goes without a job
      jest.advanceTimersByTime(1_000);
      expect(heard).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('send the next one when a worker has found a job', () => {
    const { nudges, heard } = listening();
    nudges.next();
    nudges.next();
    expect(heard).toEqual([one, one]);
  });

  it('let other notices through as they are', () => {
    const { client, heard } = listening();
    client.emit('notification', { processId: 1, channel: 'worker:migrate', payload: '{}' });
    expect(heard).toEqual(['worker:migrate {}']);
  });

  it('are silent when nobody listens any more, and keep other listeners', () => {
    const { client, slowed, nudges, heard, listener } = listening();
    const onError = jest.fn();
    slowed.on('error', onError);
    slowed.removeListener('notification', listener);
    client.emit('notification', inserted(1));
    nudges.next();
    client.emit('error', new Error('lost'));
    expect(heard).toEqual([]);
    expect(onError).toHaveBeenCalledTimes(1);
  });
});
