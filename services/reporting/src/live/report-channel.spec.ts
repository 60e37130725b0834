import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReportChannel, tellEveryMs } from './report-channel.js';
import type { ProjectChange } from './report-change.js';
import type { ReportListener } from './report-listener.js';

describe('a channel of a report', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => void jest.useRealTimers());

  const change: ProjectChange = { projectId: 'p', conversations: [], isProjectChanged: true };

  it('tells the first change at once and then at most twice a second, leaving out none', () => {
    const channel = new ReportChannel();
    const heard: { at: number; cursor: string }[] = [];
    const notify = (_: ProjectChange, cursor: string): void => void heard.push({ at: performance.now(), cursor });
    channel.listeners.add({ notify } as unknown as ReportListener);
    for (let count = 0; count < 300; count += 1) {
      channel.gather(change, String(count));
      jest.advanceTimersByTime(10);
    }
    jest.advanceTimersByTime(tellEveryMs);
    const times = new Set(heard.map(({ at }) => at));
    expect(heard).toHaveLength(300);
    expect([...times]).toEqual([0, 500, 1_000, 1_500, 2_000, 2_500, 3_000]);
    expect(heard.at(-1)?.cursor).toBe('299');
  });

  it('is silent once it is closed', () => {
    const channel = new ReportChannel();
    const notify = jest.fn();
    const end = jest.fn();
    channel.listeners.add({ notify, end } as unknown as ReportListener);
    channel.gather(change, '1');
    channel.gather(change, '2');
    channel.close();
    jest.advanceTimersByTime(2 * tellEveryMs);
    expect([notify.mock.calls.length, end.mock.calls.length]).toEqual([1, 1]);
  });
});
