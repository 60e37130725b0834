import { newId } from '@harmony/kernel';
import { expect, it } from '@jest/globals';
import { noWorkload, withWork } from './earlier-work.js';
import { retryPlan } from './retried-conversations.js';

it('a conversation that is tried again makes anew what comes before its run, unless it had one', () => {
  const [conversationId, definitionId, criterionId] = [newId(), newId(), newId()];
  const retried = { conversationId, stage: 'TRANSCRIPTION' as const, asked: [definitionId], repeated: [] };
  const workload = (hasRun: boolean) =>
    withWork(noWorkload, retryPlan({ retried, hasRun, recordingMs: 5 }, [definitionId], [criterionId]).work);
  const perhaps = { least: 0, most: 1 };
  expect(workload(false)).toMatchObject({
    ...{ recordings: perhaps, recordingMs: { least: 0, most: 5 }, extractions: perhaps },
    criteria: new Map([[criterionId, perhaps]]),
  });
  expect(workload(true)).toEqual(noWorkload);
});
