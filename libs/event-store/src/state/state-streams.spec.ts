import { streams, type HarmonyEvent } from '@harmony/contracts';
import { fact, newId, type Cause } from '@harmony/kernel';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryStreams } from '../testing/memory-streams.js';
import { StateStreams } from './state-streams.js';

/** Attempts of a stage, by what its stream says. */
const evolve = (state: number | undefined, event: HarmonyEvent): number | undefined =>
  event.type === 'StageStarted' ? event.data.attempt : state;

class CountedStreams extends MemoryStreams {
  reads = 0;

  override readStream(streamId: string): ReturnType<MemoryStreams['readStream']> {
    this.reads += 1;
    return super.readStream(streamId);
  }
}

describe('a change of what was seen before', () => {
  const id = newId();
  const cause: Cause = {
    ...{ causationId: newId(), correlationId: 'c', workspaceId: newId() },
    ...{ actor: { kind: 'SYSTEM', id: 'spec' }, occurredAt: '2026-03-01T10:00:00.000Z' },
  };
  let store: CountedStreams;
  let stages: StateStreams<number>;
  beforeEach(() => {
    store = new CountedStreams();
    stages = new StateStreams(store, { stream: streams.conversation, evolve });
  });

  const started = (attempt: number) => [fact('StageStarted', { conversationId: id, stage: 'EXTRACTION', attempt })];
  const nextAttempt = (attempts: number | undefined) => started((attempts ?? 0) + 1);
  const somebodyElse = (): Promise<unknown> =>
    stages.change(id, { ...cause, causationId: newId() }, { decision: 'other' }, nextAttempt);

  it('is appended without another look while that still holds', async () => {
    const seen = await stages.load(id);
    const first = await stages.changeSeen(id, seen, cause, { decision: 'a' }, nextAttempt);
    const second = await stages.changeSeen(id, first, cause, { decision: 'b' }, nextAttempt);
    expect(store.reads).toBe(1);
    expect(second).toEqual(await stages.load(id));
    expect(second).toMatchObject({ state: 2, revision: 1 });
  });

  it('is decided anew when somebody was faster', async () => {
    const seen = await stages.load(id);
    await somebodyElse();
    const changed = await stages.changeSeen(id, seen, cause, { decision: 'a' }, nextAttempt);
    expect(changed).toMatchObject({ state: 2, revision: 1 });
  });

  it('is not taken for needless on an old look', async () => {
    const seen = await stages.load(id);
    await somebodyElse();
    const onlyAfterOthers = (attempts: number | undefined) => (attempts === undefined ? [] : nextAttempt(attempts));
    const changed = await stages.changeSeen(id, seen, cause, { decision: 'a' }, onlyAfterOthers);
    expect(changed).toMatchObject({ state: 2, revision: 1 });
  });

  it('gives back what there is when nothing is to be done', async () => {
    await somebodyElse();
    const seen = await stages.load(id);
    expect(await stages.changeSeen(id, seen, cause, { decision: 'a' }, () => [])).toMatchObject({
      state: 1,
      revision: 0,
    });
  });
});
