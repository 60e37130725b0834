import { expect, it } from '@jest/globals';
import { HarmonyError } from '@harmony/contracts';
import { unavailable } from './errors.js';
import { withDefaults } from './options.js';
import { once, persistently } from './patience.js';

const timing = withDefaults({ url: '', attemptMs: 20, patienceMs: 100, backoff: { firstMs: 1, maximumMs: 5 } });

it('a call that never settles ends at the deadline as unavailable', async () => {
  const never = (): Promise<void> => new Promise(() => undefined);
  await expect(once(never, timing)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

it('a call that fails for a while is repeated until it answers', async () => {
  let calls = 0;
  const call = async (): Promise<number> => {
    calls += 1;
    if (calls < 4) throw unavailable('Not yet.');
    return calls;
  };
  expect(await persistently(call, timing)).toBe(4);
});

it('a failure for good is passed on at once', async () => {
  let calls = 0;
  const call = async (): Promise<never> => {
    calls += 1;
    throw new HarmonyError('STREAM_DELETED');
  };
  await expect(persistently(call, timing)).rejects.toMatchObject({ code: 'STREAM_DELETED' });
  expect(calls).toBe(1);
});

it('a call that keeps failing ends in its last failure once the patience is used up', async () => {
  const call = async (): Promise<never> => {
    throw unavailable('Gone.');
  };
  await expect(persistently(call, timing)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', message: 'Gone.' });
});
