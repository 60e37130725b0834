import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

function work(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

describe('long work that is cut into slices', () => {
  it('is due to rest once it has worked for a slice, and then begins another one', async () => {
    const pace = new Pace();
    expect(pace.isDue).toBe(false);
    work(5);
    expect(pace.isDue).toBe(true);
    await pace.rest();
    expect(pace.isDue).toBe(false);
  });

  it('lets others have one turn where somebody waits for it', async () => {
    const turns: string[] = [];
    const pace = new Pace(() => true);
    work(50);
    setImmediate(() => turns.push('other'));
    await pace.rest();
    expect(turns).toEqual(['other']);
  });

  it('rests longer where nobody does, and no longer than until somebody comes', async () => {
    let looks = 0;
    const pace = new Pace(() => (looks += 1) > 3);
    work(50);
    await pace.rest();
    expect(looks).toBe(4);
  });

  it('goes on by itself though nobody ever comes', async () => {
    let looks = 0;
    const pace = new Pace(() => (looks += 1) < 0);
    work(10);
    await pace.rest();
    expect(looks).toBeGreaterThan(1);
  });
});
