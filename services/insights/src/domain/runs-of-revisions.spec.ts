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
  decideNotRepeated,
  decideRepeat,
  decideRunFailure,
  decideStart,
  pendingCell,
} from './decide-run.js';
import type { Run, Settled } from './run.js';
import { reusableResult, type FoundResult } from './reusable-result.js';

const revisionId = id(70);
const third = id(12);

const revised = (
  log: Log,
  runId: string,
  isForced: boolean,
  { ofRevision = revisionId, found }: { readonly ofRevision?: string; readonly found?: FoundResult } = {},
): Log =>
  log.append(
    decideStart(
      log.state,
      { ...started(runId, 1), kind: 'REVISION', revisionId: ofRevision, ...(isForced && { isForced }) },
      () => found,
    ),
  );

const foundIn = (log: Log, runId: string): FoundResult | undefined => {
  const settled = settledIn(log, runId);
  return settled && 'finding' in settled ? settled : undefined;
};

const settledIn = ({ state }: Log, runId: string): Settled | null =>
  state?.runs.get(runId)?.cells.get(place(runId, 0).definitionId)?.settled ?? null;

describe('what a run takes instead of asking', () => {
  const { identity } = answer('same');
  const ordinary: Pick<Run, 'isForced' | 'revisionId'> = { isForced: false, revisionId };
  const forced = { isForced: true, revisionId };

  it('is what was found first, whoever found it', () => {
    const log = begun(1);
    log.append(decideAnswer(log.state, place(first, 0), answer('same')));
    expect(reusableResult(log.state, ordinary, identity)).toMatchObject({ foundIn: first, finding });
    expect(reusableResult(log.state, ordinary, answer('other').identity)).toBeUndefined();
    expect(reusableResult(undefined, ordinary, identity)).toBeUndefined();
  });

  it('of a forced run is only what an earlier try of the same revision found', () => {
    const log = begun(1);
    log.append(decideAnswer(log.state, place(first, 0), answer('same')));
    expect(reusableResult(log.state, forced, identity)).toBeUndefined();
    revised(log, second, true);
    log.append(decideAnswer(log.state, place(second, 0), answer('same', { finding: silence })));
    expect(reusableResult(log.state, forced, identity)).toMatchObject({ foundIn: second, finding: silence });
    expect(reusableResult(log.state, { ...forced, revisionId: id(71) }, identity)).toBeUndefined();
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

describe('a run that starts with what is known', () => {
  const answered = (): Log => {
    const log = begun(1);
    return log.append(decideAnswer(log.state, place(first, 0), answer('a')));
  };

  it('names the cell that was answered, does not repeat the answer, and has it all the same', () => {
    const log = answered();
    const [recorded] = log.of('InsightRecorded');
    const found = foundIn(log, first);
    revised(log, second, false, { ...(found && { found }) });
    const start = log.of('InsightsRunStarted').at(-1);
    expect(start?.data.cells[0]?.carriedFrom).toEqual(place(first, 0));
    expect(JSON.stringify(start)).not.toContain('rationale');
    expect(foundIn(log, second)).toMatchObject({
      ...{ foundIn: first, isCarriedOver: true, finding },
      ...{ resultId: recorded?.data.resultId, inputs: recorded?.data.inputs },
    });
    expect(pendingCell(log.state, place(second, 0))).toBeUndefined();
  });

  it('names the cell that was answered also where a later run carried it over', () => {
    const log = answered();
    const found = foundIn(log, first);
    revised(log, second, false, { ...(found && { found }) });
    const carried = foundIn(log, second);
    revised(log, third, false, { ofRevision: id(71), ...(carried && { found: carried }) });
    expect(log.of('InsightsRunStarted').at(-1)?.data.cells[0]?.carriedFrom).toEqual(place(first, 0));
    expect(foundIn(log, third)).toEqual(carried);
  });

  it('asks where the conversation has no such answer', () => {
    const log = answered();
    const found = foundIn(log, first);
    revised(log, second, false, { ...(found && { found: { ...found, resultId: id(80) } }) });
    expect(pendingCell(log.state, place(second, 0))).toBeDefined();
    expect(log.of('InsightsRunStarted').at(-1)?.data.cells[0]).not.toHaveProperty('carriedFrom');
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
