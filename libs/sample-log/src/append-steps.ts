import { HarmonyError } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { SampleStep } from './wish.js';

/** Appends that wait for their answers at once. */
const inFlight = 200;

/** What one conversation leaves: its own stream, that of what was found in it, and its tombstone. */
const ofConversation = /^(?:conversation|insights|tombstone)-(.+)$/;

/**
 * Does the steps against a store: those of one conversation one after the other, those of different conversations side
 * by side, and whatever concerns many of them, such as a revision that is made live, alone. Harmless to repeat.
 * @param onAppended told after each append how many events it had
 */
export async function appendSteps(
  store: EventStore,
  steps: Iterable<SampleStep>,
  onAppended: (events: number) => void = () => undefined,
): Promise<void> {
  const lanes = new Map<string, Promise<void>>();
  const running = new Set<Promise<void>>();
  const begin = (key: string, step: SampleStep): void => {
    const task: Promise<void> = (lanes.get(key) ?? Promise.resolve())
      .then(() => take(store, step, onAppended))
      .finally(() => {
        running.delete(task);
        if (lanes.get(key) === task) lanes.delete(key);
      });
    // Whoever waits for it hears of its failure; nobody may be waiting yet.
    task.catch(() => undefined);
    lanes.set(key, task);
    running.add(task);
  };
  for (const step of steps) {
    const key = ofConversation.exec(step.streamId)?.[1];
    if (key === undefined) {
      await Promise.all(running);
      await take(store, step, onAppended);
    } else {
      begin(key, step);
      if (running.size >= inFlight) await Promise.race(running);
    }
  }
  await Promise.all(running);
}

async function take(store: EventStore, step: SampleStep, onAppended: (events: number) => void): Promise<void> {
  if (step.kind === 'DELETE_STREAM') return store.deleteStream(step.streamId, 'any');
  try {
    await store.append(step.streamId, step.events, step.expected);
  } catch (error) {
    if (!isDeleted(error)) throw error;
  }
  onAppended(step.events.length);
}

/** Of a log that is written a second time. */
const isDeleted = (error: unknown): boolean => error instanceof HarmonyError && error.code === 'STREAM_DELETED';
