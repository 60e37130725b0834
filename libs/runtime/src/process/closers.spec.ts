import { createLogger } from '@harmony/observability';
import { describe, expect, it } from '@jest/globals';
import { Closers } from './closers.js';

const logger = createLogger({ level: 'silent', target: 'test' });

describe('closers', () => {
  it('close in the opposite order, each after the one before it has ended', async () => {
    const closed: string[] = [];
    const closers = new Closers();
    for (const part of ['database', 'workers', 'HTTP'])
      closers.add(part, async () => {
        await Promise.resolve();
        closed.push(part);
      });
    expect(await closers.closeAll(logger)).toEqual([]);
    expect(closed).toEqual(['HTTP', 'workers', 'database']);
  });

  it('close the rest when one fails, say which, and close nothing twice', async () => {
    let closed = 0;
    const closers = new Closers();
    closers.add('database', () => void (closed += 1));
    closers.add('workers', () => Promise.reject(new Error('stuck')));
    expect(await closers.closeAll(logger)).toEqual(['workers']);
    expect(await closers.closeAll(logger)).toEqual([]);
    expect(closed).toBe(1);
  });
});
