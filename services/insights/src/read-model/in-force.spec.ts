import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runsInForce, type RunCandidate } from './in-force.js';

const candidate = (
  run_id: string,
  live_project_id: string | null,
  eligibleFor: readonly string[],
  outOf: string[] = [],
) => {
  const eligibility = [
    ...eligibleFor.map((projectId) => ({ projectId, eligible: true })),
    ...outOf.map((projectId) => ({ projectId, eligible: false })),
  ].map((one) => ({ ...one, isTeamAssigned: true, criteria: [] }));
  return {
    ...{ run_id, live_project_id, eligibility, conversation_id: 'c', transcript_version: 1, cell_count: 0 },
    ...{ kind: live_project_id === null ? 'PIPELINE' : 'REVISION', revision_id: live_project_id && `of ${run_id}` },
    ...{ started_at: new Date(0), completed_at: null, counts: null },
  } as RunCandidate;
};

const inForce = (...newestFirst: RunCandidate[]): Record<string, string> =>
  Object.fromEntries([...runsInForce(newestFirst)].map(([projectId, { run_id: runId }]) => [projectId, runId]));

describe('in force', () => {
  it('is the latest run of the pipeline where no revision is live', () => {
    expect(inForce(candidate('second', null, ['p', 'q']), candidate('first', null, ['p', 'q']))).toEqual({
      ...{ p: 'second', q: 'second' },
    });
  });

  it('is the run of a revision that was made live since, in its own project only', () => {
    expect(inForce(candidate('revised', 'p', ['p']), candidate('first', null, ['p', 'q']))).toEqual({
      ...{ p: 'revised', q: 'first' },
    });
  });

  it('is the pipeline’s again once it ran since', () => {
    expect(inForce(candidate('later', null, ['p']), candidate('revised', 'p', ['p']))).toEqual({ p: 'later' });
  });

  it('is none where the newest run found that the conversation does not belong into the project', () => {
    const earlier = candidate('first', null, ['p', 'q']);
    expect(inForce(candidate('second', null, ['q'], ['p']), earlier)).toEqual({ q: 'second' });
    expect(inForce(candidate('revised', 'p', [], ['p']), earlier)).toEqual({ q: 'first' });
    // A run that does not know the project at all: it was created later, or is deleted.
    expect(inForce(candidate('second', null, ['q']), earlier)).toEqual({ q: 'second' });
  });

  it('is what looking at every project by itself gives', () => {
    const projects = ['p', 'q', 'r'];
    const runs = fc.array(
      fc.record({ of: fc.constantFrom(null, null, ...projects), eligible: fc.subarray(projects) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(runs, (all) => {
        const candidates = all.map(({ of, eligible }, index) => candidate(String(index), of, eligible));
        const latest = all.findIndex(({ of }) => of === null);
        const expected = projects.flatMap((project) => {
          const newest = all.findIndex(({ of }, index) => index === latest || of === project);
          return all[newest]?.eligible.includes(project) ? [[project, String(newest)]] : [];
        });
        expect(inForce(...candidates)).toEqual(Object.fromEntries(expected));
      }),
    );
  });
});
