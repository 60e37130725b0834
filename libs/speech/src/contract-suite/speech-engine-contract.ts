import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { soundOf } from '../audio/sounds.js';
import { millisecondsOf, samplesOf, type Heard, type SpeechEngine } from '../port.js';
import { transcribeSound } from '../transcribe-sound.js';

export interface SpeechEngineUnderTest {
  readonly engine: SpeechEngine;
  /** Somebody speaks, for less than nine seconds. */
  readonly speech: Int16Array;
  /** Is said in it, in small letters. */
  readonly word: string;
  close(): Promise<void>;
}

const never = new AbortController().signal;
const textOf = ({ segments }: Heard): string => segments.map(({ text }) => text).join(' ');

/** What every speech engine promises. */
export function speechEngineContract(open: () => Promise<SpeechEngineUnderTest>): void {
  jest.setTimeout(120_000);
  let underTest: SpeechEngineUnderTest;
  beforeAll(async () => {
    underTest = await open();
  }, 120_000);
  afterAll(() => underTest.close());

  const transcribe = (piece: Int16Array, signal = never): Promise<Heard> =>
    underTest.engine.transcribe(piece, { signal });

  it('says what it is, the same each time', async () => {
    const identity = await underTest.engine.identify();
    expect(identity.engine).toMatch(/^[a-z-]+$/);
    expect(identity.model).not.toBe('');
    expect(identity.pieces.longestMs).toBeGreaterThanOrEqual(9_000);
    expect(JSON.parse(JSON.stringify(identity))).toEqual(identity);
    await expect(underTest.engine.identify()).resolves.toEqual(identity);
  });

  it('hears what is said, in segments that are in order and within the sound', async () => {
    const { segments, language } = await transcribe(underTest.speech);
    expect(textOf({ segments, language }).toLowerCase()).toContain(underTest.word);
    const duration = millisecondsOf(underTest.speech.length);
    let before = 0;
    for (const { startMs, endMs, text, words = [] } of segments) {
      for (const time of [startMs, endMs, ...words.flatMap((word) => [word.startMs, word.endMs])]) {
        expect(Number.isInteger(time)).toBe(true);
        expect(time).toBeLessThanOrEqual(duration);
      }
      expect(startMs).toBeGreaterThanOrEqual(before);
      expect(endMs).toBeGreaterThanOrEqual(startMs);
      expect(text).toBe(text.trim());
      expect(text).not.toBe('');
      before = startMs;
    }
    expect(language === null || /^[a-z]{2}$/.test(language)).toBe(true);
  });

  it('hears the same again', async () => {
    expect(await transcribe(underTest.speech)).toEqual(await transcribe(underTest.speech));
  });

  it('takes silence', async () => {
    await expect(transcribe(new Int16Array(samplesOf(2_000)))).resolves.toMatchObject({ segments: [] });
  });

  it('does not begin for an aborted signal', async () => {
    const reason = new Error('the job is over');
    await expect(transcribe(underTest.speech, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('stops when it is told to, with the reason, and can be used afterwards', async () => {
    const stopping = new AbortController();
    const reason = new Error('the service stops');
    const asked = transcribe(underTest.speech, stopping.signal);
    stopping.abort(reason);
    await expect(asked).rejects.toBe(reason);
    expect(textOf(await transcribe(underTest.speech)).toLowerCase()).toContain(underTest.word);
  });

  describe('with a recording that is longer than one piece', () => {
    it('hears all of it in order, at its times', async () => {
      const [speech, pause] = [underTest.speech, new Int16Array(samplesOf(3_000))];
      const parts = [pause, speech, pause, speech, pause, speech, pause];
      const recording = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        recording.set(part, at);
        at += part.length;
      }
      const heard = await transcribeSound(underTest.engine, soundOf(recording), { signal: never, findSpeakers: false });
      const once = textOf(await transcribe(speech))
        .toLowerCase()
        .split(underTest.word).length;
      expect(textOf(heard).toLowerCase().split(underTest.word)).toHaveLength(3 * (once - 1) + 1);
      const first = heard.segments[0];
      const last = heard.segments.at(-1);
      expect(first?.startMs).toBeGreaterThanOrEqual(2_500);
      expect(last?.endMs).toBeLessThanOrEqual(millisecondsOf(recording.length) - 2_500);
      expect(heard.segments).toEqual([...heard.segments].sort((one, other) => one.startMs - other.startMs));
    });
  });
}
