import { expect, it } from '@jest/globals';
import { Handover } from './handover.js';

const forEver = new AbortController().signal;

it('hands items over in order', async () => {
  const handover = new Handover<number>();
  const given = (async () => {
    for (const number of [1, 2, 3]) await handover.give(number);
  })();
  expect(await handover.take(forEver)).toBe(1);
  expect(await handover.take(forEver)).toBe(2);
  expect(await handover.take(forEver)).toBe(3);
  await given;
});

it('lets the giver be one item ahead and no more', async () => {
  const handover = new Handover<number>();
  await handover.give(1);
  let second = false;
  const given = handover.give(2).then(() => (second = true));
  await new Promise(setImmediate);
  expect(second).toBe(false);
  await handover.take(forEver);
  await given;
  expect(second).toBe(true);
});

it('gives up waiting when the signal is aborted', async () => {
  const stop = new AbortController();
  const taken = new Handover<number>().take(stop.signal);
  stop.abort();
  expect(await taken).toBeUndefined();
});

it('hands over what is there before it fails with the first reason', async () => {
  const handover = new Handover<number>();
  await handover.give(1);
  handover.fail(new Error('first'));
  handover.fail(new Error('second'));
  expect(await handover.take(forEver)).toBe(1);
  await expect(handover.take(forEver)).rejects.toThrow('first');
});
