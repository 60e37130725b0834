import { describe, expect, it } from '@jest/globals';
import { cpuShares } from './cpu-shares.js';

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  ...{ id, children },
  callFrame: { functionName, url },
});

describe('shares of processor time', () => {
  it('fall to the nearest stage that asked for the work, without idling', () => {
    // Given a job of insights that asks the analyst, which calls a library, and a driver that is called back
    const nodes = [
      node(1, '(root)', '', [2, 5, 6, 7]),
      node(2, 'run', 'file:///h/services/insights/dist/job.js', [3]),
      node(3, 'answer', 'file:///h/libs/llm/dist/local.js', [4]),
      node(4, 'parse', 'file:///h/node_modules/zod/index.js'),
      node(5, 'onData', 'file:///h/node_modules/pg/client.js'),
      node(6, '(idle)', ''),
      node(7, '(garbage collector)', ''),
    ];
    // When its samples are summed up
    const thread = (samples: number[], timeDeltas: number[]) => ({ nodes, samples, timeDeltas });
    const shares = cpuShares([thread([2, 4, 5, 6], [10, 20, 30, 900]), thread([4, 7], [30, 10])]);
    // Then the library counts for the analyst, and idling for nobody
    expect(Object.fromEntries(shares)).toEqual({ analyst: 0.5, 'the rest': 0.4, insights: 0.1 });
  });
});
