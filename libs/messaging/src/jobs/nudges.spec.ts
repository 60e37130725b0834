import { describe, expect, it } from '@jest/globals';
import type { Notification } from 'pg';
import { Nudges } from './nudges.js';

/** What graphile-worker hears, in order. */
function listening() {
  const nudges = new Nudges();
  const heard: string[] = [];
  nudges.on('notification', ({ channel, payload }: Notification) => void heard.push(`${channel} ${payload}`));
  return { nudges, heard };
}

const one = 'jobs:insert {"count":1}';

describe('nudges of idle workers', () => {
  it('send one worker for each job that was enqueued, and nobody when it is found', () => {
    const { nudges, heard } = listening();
    nudges.next();
    nudges.found();
    expect(heard).toEqual([one]);
  });

  it('send the next one for each job that is found in a search, until a worker finds none', () => {
    // Given nobody knows how many jobs are due
    const { nudges, heard } = listening();
    nudges.search();
    nudges.found();
    nudges.found();
    expect(heard).toEqual([one, one, one]);
    // When one of the workers has found nothing
    nudges.nothingFound();
    nudges.found();
    // Then nobody else is sent
    expect(heard).toHaveLength(3);
  });

  it('pass other notices on as they are', () => {
    const { nudges, heard } = listening();
    nudges.tell({ processId: 1, channel: 'worker:migrate', payload: '{}' });
    expect(heard).toEqual(['worker:migrate {}']);
  });
});
