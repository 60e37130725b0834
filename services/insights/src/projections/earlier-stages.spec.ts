import type { EventDataOf } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { afterRerunTranscript, afterStage, afterTranscript } from './earlier-stages.js';

const at = '2026-01-01T00:00:00.000Z';
const origin = (engine: string) =>
  ({
    kind: 'SPEECH',
    engine,
    model: 'm',
    parameters: {},
    language: null,
  }) satisfies EventDataOf<'TranscriptRecorded'>['origin'];
const transcript = {
  conversationId: 'c',
  transcriptVersion: 1,
  chunkCount: 0,
  turnCount: 0,
  wordCount: 0,
  speakers: [],
};
const rerun = { ...transcript, transcriptVersion: 2, revisionId: 'r', runId: 'n', origin: origin('second') };
const ended = { conversationId: 'c', stage: 'TRANSCRIPTION', attempt: 1, durationMs: 7 } as const;

describe('what made the last transcript', () => {
  it('is known with its time once the stage has ended', () => {
    const row = afterTranscript({ ...transcript, origin: origin('first') }, at);
    expect(row).toEqual({ transcribed: { engine: 'first', model: 'm', at, durationMs: null } });
    expect(afterStage(row, ended)).toEqual({ transcribed: { engine: 'first', model: 'm', at, durationMs: 7 } });
  });

  it('is the engine of a revision, whose time the end of a stage that began before leaves alone', () => {
    const row = afterRerunTranscript({ ...rerun, durationMs: 9 }, at);
    expect(row).toEqual({ transcribed: { engine: 'second', model: 'm', at, durationMs: 9 } });
    expect(afterStage(row, ended)).toEqual({});
  });

  it.each([
    ['took nobody knows how long, as in logs of before', {}],
    ['is named again by a later try', { durationMs: 9, fromRunId: 'f' }],
    ['was made nobody knows how', { durationMs: 9, origin: undefined }],
  ])('stays what it was where one of a revision %s', (_, changes) => {
    expect(afterRerunTranscript({ ...rerun, ...changes }, at)).toEqual({});
  });

  it('is nothing where a stage ends that made none', () => {
    expect(afterStage({ transcribed: null }, ended)).toEqual({});
  });
});
