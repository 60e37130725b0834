import { addUsage, noUsage, type Finding, type HarmonyEvent, type Usage } from '@harmony/contracts';
import { logStart } from '@harmony/event-store';
import { eventsFrom, fact, type Cause, type Fact } from '@harmony/kernel';
import { rowAfter, type PositionedEvent, type Row, type RowFold } from '@harmony/read-model';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addSpending, type Spending } from '../domain/spending.js';
import { usage as table } from './usage.table.js';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const origin = { engine: 'scripted', model: 'script', parameters: {}, templateVersion: '1' };
const silence: Finding = { outcome: 'NOT_DISCUSSED', rationale: '', confidence: 1, evidence: [], searched: [] };

/** The rows after these events. */
function fold(events: readonly HarmonyEvent[], rows = new Map<string, Row>()): Map<string, Row> {
  for (const [revision, event] of events.entries()) {
    const change = table.on[event.type] as RowFold<HarmonyEvent> | undefined;
    const at: PositionedEvent = { event, revision, streamId: 's', position: logStart };
    for (const key of change?.keys(at) ?? []) {
      const after = change && rowAfter(change, rows.get(key.join('/')), at, key);
      if (after) rows.set(key.join('/'), after);
      else rows.delete(key.join('/'));
    }
  }
  return rows;
}

const totalOf = (rows: Iterable<Row>): Usage =>
  [...rows].reduce<Usage>(
    (sum, row) =>
      addUsage(sum, {
        calls: Number(row['calls']),
        inputTokens: Number(row['input_tokens']),
        outputTokens: Number(row['output_tokens']),
        costMicros: Number(row['cost_micros']),
      }),
    noUsage,
  );

interface Spent {
  readonly what: 'RECORDED' | 'FAILED' | 'CRITERION' | 'EXTRACTION' | 'FAILED_EXTRACTION' | 'TRIAL';
  readonly subject: number;
  readonly hour: number;
  readonly usage: Usage;
}

const conversationId = id(1);

function factOf({ what, subject, usage }: Spent): Fact {
  const cell = { conversationId, runId: id(2), projectId: id(3), definitionVersion: 1 };
  const found = { ...cell, definitionId: id(subject), resultId: id(9), origin, usage, durationMs: 1 };
  const identity = 'a'.repeat(64);
  switch (what) {
    case 'RECORDED':
      return fact('InsightRecorded', { ...found, identity, finding: silence });
    case 'FAILED':
      return fact('InsightFailed', { ...found, identity: null, code: 'X' });
    case 'CRITERION': {
      const criterion = { criterionId: id(100 + subject), criterionVersion: 1, verdict: 'MET' as const };
      const { conversationId: conversation, runId, projectId } = cell;
      const place = { conversationId: conversation, runId, projectId };
      return fact('CriterionJudged', {
        ...place,
        ...criterion,
        identity,
        finding: silence,
        origin,
        usage,
        durationMs: 1,
      });
    }
    case 'FAILED_EXTRACTION':
      return fact('StageAttemptFailed', {
        ...{
          conversationId,
          stage: 'EXTRACTION',
          attempt: 1,
          code: 'ANALYST_REFUSED',
          durationMs: 1,
          willRetry: false,
        },
        usage,
      });
    case 'EXTRACTION':
      return fact('ExtractionRecorded', {
        ...{ conversationId, extractionVersion: 1, transcriptVersion: 1, origin, usage, durationMs: 1 },
        extraction: { summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] },
        statistics: { turns: 0, words: 0, durationMs: null, silenceMs: null, speakers: [], sides: [] },
      });
    case 'TRIAL':
      return fact('DefinitionTried', { trialId: id(200 + subject), projectId: null, conversations: 1, usage });
  }
}

const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour, 30)).toISOString();

const eventOf = (spent: Fact, occurredAt: string, index: number): HarmonyEvent[] => {
  const cause: Cause = {
    ...{ causationId: id(50), correlationId: 'c', workspaceId: id(4), occurredAt },
    actor: { kind: 'SYSTEM', id: 'test' },
  };
  return eventsFrom(cause, `s${index}`, [spent]);
};

const amount = fc.nat(1_000);
const spending = fc.array(
  fc.record<Spent>({
    what: fc.constantFrom('RECORDED', 'FAILED', 'CRITERION', 'EXTRACTION', 'FAILED_EXTRACTION', 'TRIAL'),
    subject: fc.integer({ min: 10, max: 13 }),
    hour: fc.nat(30),
    usage: fc.record({ calls: amount, inputTokens: amount, outputTokens: amount, costMicros: amount }),
  }),
  { maxLength: 30 },
);

describe('usage', () => {
  it('is the exact sum of what every event says, in the hour in which it was spent', () => {
    fc.assert(
      fc.property(spending, (all) => {
        const rows = fold(all.flatMap((spent, index) => eventOf(factOf(spent), at(spent.hour), index)));
        expect(totalOf(rows.values())).toEqual(all.map(({ usage }) => usage).reduce(addUsage, noUsage));
        for (const hour of new Set(all.map((one) => one.hour))) {
          const began = at(hour).replace(':30:', ':00:');
          const ofHour = [...rows.values()].filter((row) => row['hour'] === began);
          const expected = all.filter((one) => one.hour === hour).map(({ usage }) => usage);
          expect(totalOf(ofHour)).toEqual(expected.reduce(addUsage, noUsage));
        }
      }),
    );
  });

  it('of an erased conversation is the same, whether its events were seen or are gone', () => {
    fc.assert(
      fc.property(spending, (everything) => {
        const all = everything.filter(({ what }) => what === 'RECORDED' || what === 'CRITERION');
        const events = all.flatMap((spent, index) => eventOf(factOf(spent), at(spent.hour), index));
        const cost = all.reduce<Spending>((sum, { what, subject, hour, usage }) => {
          const subjectId = id(what === 'CRITERION' ? 100 + subject : subject);
          return addSpending(sum, { projectId: id(3), subjectId, occurredAt: at(hour), usage });
        }, new Map());
        const criteria = all
          .filter(({ what }) => what === 'CRITERION')
          .map(({ subject }) => ({ runId: id(2), criterionId: id(100 + subject) }));
        const erased = { conversationId, runs: [], results: [], criteria, spending: [...cost.values()] };
        const end = eventOf(fact('InsightsErased', erased), at(0), all.length);
        const live = fold(end, fold(events));
        expect(fold(end)).toEqual(live);
        expect(fold(end, new Map(live))).toEqual(live);
      }),
    );
  });

  it('of what revisions run again counts as that of the ordinary stages, and what a later try names again counts once', () => {
    const [revisionId, runId] = [id(60), id(61)];
    const usage = { calls: 2, inputTokens: 30, outputTokens: 4, costMicros: 5 };
    const rerun = { conversationId, revisionId, runId };
    const speech = { kind: 'SPEECH' as const, engine: 'e', model: 'm', parameters: {}, language: null };
    const transcript = { chunkCount: 0, turnCount: 0, wordCount: 0, speakers: [], origin: speech };
    const again = { ...rerun, runId: id(62), fromRunId: runId };
    const extraction = factOf({ what: 'EXTRACTION', subject: 10, hour: 0, usage });
    const object = { key: 'k', bytes: 1, sha256: 'a'.repeat(64) };
    const facts = [
      fact('RecordingPrepared', {
        ...{ conversationId, durationMs: 9_000, channels: 1, container: 'wav', codec: 'pcm', audio: [], peaks: object },
        rendition: { object, mediaType: 'audio/mp4' },
      }),
      fact('TranscriptRecorded', { conversationId, transcriptVersion: 1, ...transcript }),
      fact('RerunTranscriptRecorded', { ...rerun, transcriptVersion: 2, ...transcript }),
      fact('RerunTranscriptRecorded', { ...again, transcriptVersion: 2, ...transcript }),
      ...(extraction.type === 'ExtractionRecorded'
        ? [extraction, fact('RerunExtractionRecorded', { ...extraction.data, ...rerun, extractionVersion: 2 })]
        : []),
      fact('RerunStageFailed', { ...rerun, stage: 'EXTRACTORS', code: 'ANSWER_INVALID', usage }),
      fact('RerunStageFailed', { ...rerun, stage: 'TRANSCRIPTION', code: 'SPEECH_FAILED' }),
    ];
    const rows = fold(
      facts.flatMap((spent, index) => eventOf(spent, at(spent.type === 'TranscriptRecorded' ? 1 : 2), index)),
    );
    expect(totalOf(rows.values())).toEqual({ calls: 6, inputTokens: 90, outputTokens: 12, costMicros: 15 });
    const [first, second] = [1, 2].map((hour) => at(hour).replace(':30:', ':00:')) as [string, string];
    expect([...rows.values()].map((row) => row['transcribed_ms'])).toEqual([{ [first]: 9_000, [second]: 9_000 }, null]);
  });

  it('of an erased recording keeps the hours in which it was transcribed, and how long it was', () => {
    const hours = [1, 2].map((hour) => at(hour).replace(':30:', ':00:')) as [string, string];
    const heard = { stage: 'TRANSCRIPTION' as const, usage: noUsage, recordingMs: 9_000, transcribedMs: 9_000 };
    const stageSpending = hours.map((hour) => ({ ...heard, hour }));
    const nothing = { conversationId, runs: [], results: [], criteria: [], spending: [] };
    const rows = fold(eventOf(fact('InsightsErased', { ...nothing, stageSpending }), at(5), 0));
    const kept = { prepared_ms: 9_000, hour: hours[1], transcribed_ms: { [hours[0]]: 9_000, [hours[1]]: 9_000 } };
    expect([...rows.values()]).toEqual([expect.objectContaining(kept)]);
  });
});
