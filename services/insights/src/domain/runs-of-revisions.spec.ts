import { noUsage } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import {
  answer,
  begun,
  conversationId,
  finding,
  first,
  id,
  Log,
  origin,
  place,
  projectId,
  second,
  silence,
  started,
  usage,
} from '../testing/insights-log.js';
import {
  decideAnswer,
  decideDrop,
  decideFailure,
  decideNotRepeated,
  decideRepeat,
  decideRunFailure,
  decideStart,
  decideTakeOver,
  pendingCell,
} from './decide-run.js';
import type { Settled } from './insights.js';
import { reusableResult } from './reusable-result.js';

const revisionId = id(70);
const third = id(12);

const revised = (log: Log, runId: string, isForced: boolean, ofRevision = revisionId): Log =>
  log.append(
    decideStart(log.state, {
      ...started(runId, 1),
      kind: 'REVISION',
      revisionId: ofRevision,
      ...(isForced && { isForced }),
    }),
  );

const settledIn = ({ state }: Log, runId: string): Settled | null =>
  state?.runs.get(runId)?.cells.get(place(runId, 0).definitionId)?.settled ?? null;

describe('what a run takes instead of asking', () => {
  const identity = answer('same').identity;

  it('is what was found first, whoever found it', () => {
    const log = begun(1);
    log.append(decideAnswer(log.state, place(first, 0), answer('same')));
    expect(reusableResult(revised(log, second, false).state, second, identity)).toMatchObject({
      foundIn: first,
      finding,
    });
    expect(reusableResult(log.state, second, answer('other').identity)).toBeUndefined();
    expect(reusableResult(log.state, third, identity)).toBeUndefined();
    expect(reusableResult(undefined, second, identity)).toBeUndefined();
  });

  it('of a forced run is only what an earlier try of the same revision found', () => {
    const log = begun(1);
    log.append(decideAnswer(log.state, place(first, 0), answer('same')));
    revised(log, second, true);
    expect(reusableResult(log.state, second, identity)).toBeUndefined();
    log.append(decideAnswer(log.state, place(second, 0), answer('same', { finding: silence })));
    revised(log, third, true);
    expect(reusableResult(log.state, third, identity)).toMatchObject({ foundIn: second, finding: silence });
    const other = id(13);
    revised(log, other, true, id(71));
    expect(reusableResult(log.state, other, identity)).toBeUndefined();
  });
});

describe('a run that failed before it began', () => {
  it('begins no more, and fails once', () => {
    const failed = {
      conversationId,
      runId: first,
      kind: 'REVISION' as const,
      revisionId,
      code: 'EXTRACTION_NOT_READY',
    };
    const log = new Log().append(decideRunFailure(undefined, failed));
    expect(decideRunFailure(log.state, failed)).toEqual([]);
    expect(decideStart(log.state, started(first, 1))).toEqual([]);
    expect(decideStart(log.state, started(second, 1))).toHaveLength(1);
    expect(decideRunFailure(begun(1).state, failed)).toEqual([]);
  });
});

describe('a part of a revision', () => {
  it('takes over what was found, whatever its identity is, and names where', () => {
    const log = begun(1);
    log.append(decideAnswer(log.state, place(first, 0), answer('a')));
    const source = settledIn(log, first);
    revised(log, second, false);
    const [taken] = log.append(decideTakeOver(log.state, place(second, 0), source)).of('InsightCarriedOver');
    const [recorded] = log.of('InsightRecorded');
    expect(taken?.data).toMatchObject({ fromRunId: first, resultId: recorded?.data.resultId, finding });
    expect(decideTakeOver(log.state, place(second, 0), source)).toEqual([]);
  });

  it('fails where the revision failed, at no cost', () => {
    const log = begun(1);
    const failure = { identity: null, code: 'ANALYST_TIME_LIMIT', origin, usage, durationMs: 5 };
    log.append(decideFailure(log.state, place(first, 0), failure));
    revised(log, second, false);
    const [, taken] = log
      .append(decideTakeOver(log.state, place(second, 0), settledIn(log, first)))
      .of('InsightFailed');
    expect(taken?.data).toMatchObject({ code: 'ANALYST_TIME_LIMIT', usage: noUsage, durationMs: 0 });
  });

  it('leaves pending what the revision dropped, or has not answered', () => {
    const log = begun(1);
    revised(log, second, false);
    expect(decideTakeOver(log.state, place(second, 0), null)).toEqual([]);
    log.append(decideDrop(log.state, place(first, 0), 'DEFINITION_REMOVED'));
    expect(decideTakeOver(log.state, place(second, 0), settledIn(log, first))).toEqual([]);
    expect(pendingCell(log.state, place(second, 0))).toBeDefined();
  });
});

describe('an unchanged answer that is asked for again', () => {
  const repeated = (log: Log, resultId: string) =>
    decideRepeat(log.state, {
      ...{ conversationId, revisionId, projectId, ...place(first, 0), definitionVersion: 1, resultId },
      ...{ finding: silence, isChanged: true, origin, usage, durationMs: 1 },
    });

  it('is recorded once, of what the run found, and changes no result', () => {
    const log = begun(1);
    expect(repeated(log, id(80))).toEqual([]);
    log.append(decideAnswer(log.state, place(first, 0), answer('a')));
    const found = settledIn(log, first);
    const resultId = found && 'resultId' in found ? found.resultId : '';
    expect(repeated(log, id(80))).toEqual([]);
    log.append(repeated(log, resultId));
    expect(log.of('InsightRepeated')).toHaveLength(1);
    expect(repeated(log, resultId)).toEqual([]);
    expect(decideNotRepeated(log.state, place(first, 0))).toEqual([]);
    expect(settledIn(log, first)).toEqual(found);
  });

  it('is not awaited where nobody can repeat it, which is said once, of a run of a revision', () => {
    const log = revised(begun(1), second, false);
    expect(decideNotRepeated(log.state, place(first, 0))).toEqual([]);
    log.append(decideNotRepeated(log.state, place(second, 0)));
    expect(log.of('InsightNotRepeated')).toMatchObject([{ data: { ...place(second, 0), conversationId, revisionId } }]);
    expect(decideNotRepeated(log.state, place(second, 0))).toEqual([]);
    expect(decideNotRepeated(log.state, place(third, 0))).toEqual([]);
  });
});
