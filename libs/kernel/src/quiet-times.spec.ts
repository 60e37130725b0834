import { describe, expect, it } from '@jest/globals';
import { withQuietTimes } from './quiet-times.js';

const hour = 3_600_000;

async function* items(...all: Promise<string>[]): AsyncGenerator<string> {
  for (const one of all) yield await one;
}

function later() {
  let come: (item: string) => void = () => undefined;
  const item = new Promise<string>((resolve) => (come = resolve));
  return { item, come };
}

describe('an iteration with quiet times', () => {
  it('hands out what arrives, and nothing else where it arrives in time', async () => {
    const seen: unknown[] = [];
    for await (const one of withQuietTimes(items(Promise.resolve('a'), Promise.resolve('b')), () => hour))
      seen.push(one);
    expect(seen).toEqual(['a', 'b']);
  });

  it('says that nothing arrived, and misses nothing that arrives afterwards', async () => {
    const { item, come } = later();
    const seen: unknown[] = [];
    for await (const one of withQuietTimes(items(item), () => 1)) {
      seen.push(one);
      if (one === undefined) come('late');
    }
    expect(seen.slice(0, 1)).toEqual([undefined]);
    expect(seen.at(-1)).toBe('late');
  });

  it('is woken before its time', async () => {
    const { item, come } = later();
    const seen: unknown[] = [];
    let waits = 0;
    const woken = (): Promise<void> => ((waits += 1) === 1 ? Promise.resolve() : new Promise(() => undefined));
    for await (const one of withQuietTimes(items(item), () => hour, woken)) {
      seen.push(one);
      if (one === undefined) come('late');
    }
    expect(seen).toEqual([undefined, 'late']);
  });
});
