import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { structureTranscript } from '../pasted/structure-transcript.js';
import { atOnce } from '../slices.js';
import { subtitleTranscript } from '../subtitles/subtitle-transcript.js';
import type { Transcript } from '../transcript.js';
import { timedTurns, type NamedTurn } from './cues.js';
import { renderTranscript, type RenditionFormat } from './render-transcript.js';

async function* each(turns: readonly NamedTurn[]): AsyncGenerator<NamedTurn> {
  yield* turns;
}

async function rendered(format: RenditionFormat, turns: readonly NamedTurn[]): Promise<string> {
  let text = '';
  for await (const piece of renderTranscript(format, each(turns))) text += piece;
  return text;
}

async function spans(turns: readonly NamedTurn[]): Promise<[number, number][]> {
  const all: [number, number][] = [];
  for await (const { startMs, endMs } of timedTurns(each(turns))) all.push([startMs, endMs]);
  return all;
}

const turn = (speakerName: string, text: string, startMs: number | null = null, endMs: number | null = null) => ({
  ...{ speakerName, text, startMs, endMs },
});
const call = [turn('Ann', 'Hello & <welcome>', 1_000, 2_500), turn('דנה', 'שלום 👋', 3_661_000)];

describe('a transcript as text', () => {
  it('has a line for each turn, with its time where there is one', async () => {
    expect(await rendered('txt', [...call, turn('Bob', 'Bye')])).toBe(
      '[00:00:01] Ann: Hello & <welcome>\n[01:01:01] דנה: שלום 👋\nBob: Bye\n',
    );
  });

  it('as SRT has numbered cues', async () => {
    expect(await rendered('srt', call)).toBe(
      '1\n00:00:01,000 --> 00:00:02,500\nAnn: Hello & <welcome>\n\n2\n01:01:01,000 --> 01:01:02,000\nדנה: שלום 👋\n\n',
    );
  });

  it('as VTT has voices', async () => {
    expect(await rendered('vtt', call)).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Ann>Hello &amp; &lt;welcome&gt;</v>\n\n' +
        '01:01:01.000 --> 01:01:02.000\n<v דנה>שלום 👋</v>\n\n',
    );
  });

  it.each(['srt', 'vtt'] as const)('as %s cannot be made to hold another cue', async (format) => {
    const hostile = turn('Ann', 'one\n\n2\n00:00:09,000 --> 00:00:10,000\ntwo', 0, 1_000);
    const { turns } = read(await rendered(format, [hostile]), format);
    expect(turns).toHaveLength(1);
  });
});

describe('cues', () => {
  it('get the times that turns state, and sensible ones where they state none', async () => {
    const turns = [
      turn('A', 'a b c d e'),
      turn('B', 'x', 10_000),
      turn('A', 'a b c d e'),
      turn('B', 'y', 12_500, 20_000),
    ];
    expect(await spans(turns)).toEqual([
      [0, 2_000],
      [10_000, 11_000],
      [11_000, 12_500],
      [12_500, 20_000],
    ]);
  });

  it('never start before the cue before, and always end after they start', async () => {
    const times = fc.option(fc.nat(100_000));
    const any = fc.record({ speakerName: fc.constant('A'), text: fc.constant('a b'), startMs: times, endMs: times });
    await fc.assert(
      fc.asyncProperty(fc.array(any), async (turns) => {
        const all = await spans(turns);
        expect(all).toHaveLength(turns.length);
        for (const [index, [start, end]] of all.entries()) {
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThanOrEqual(all[index - 1]?.[0] ?? 0);
        }
      }),
    );
  });
});

const read = (text: string, format: RenditionFormat): Transcript =>
  format === 'txt' ? structureTranscript(text) : atOnce(subtitleTranscript(text, format === 'srt' ? 'SRT' : 'VTT'));

it('what is written is read back with the same names, words and times', async () => {
  const words = fc
    .array(fc.string({ unit: fc.constantFrom('a', 'é', '好', '👍🏽', 'ש', '&', '<', '>', '-', '.'), minLength: 1 }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.join(' '))
    .filter((text) => !/-->|<\/?[a-z]/u.test(text));
  const some = fc.record({ speakerName: fc.constantFrom('Ann Lee', 'Bob', 'דנה'), text: words });
  await fc.assert(
    fc.asyncProperty(fc.array(some, { minLength: 1, maxLength: 8 }), async (said) => {
      const turns = said.map((one, index) => ({ ...one, startMs: index * 2_000, endMs: index * 2_000 + 1_500 }));
      for (const format of ['txt', 'srt', 'vtt'] as const) {
        const { turns: back, speakers } = read(await rendered(format, turns), format);
        expect(
          back.map(({ speaker, text, startMs }) => [
            speakers.find(({ code }) => code === speaker)?.name,
            text,
            startMs,
          ]),
        ).toEqual(turns.map(({ speakerName, text, startMs }) => [speakerName, text, startMs]));
      }
    }),
  );
});
