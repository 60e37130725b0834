import { describe, expect, it } from '@jest/globals';
import { atOnce } from '../slices.js';
import { subtitleTranscript } from './subtitle-transcript.js';

type Said = readonly [name: string | null, text: string, startMs: number | null, endMs: number | null];

function said(text: string, format: 'SRT' | 'VTT'): Said[] {
  const { turns, speakers } = atOnce(subtitleTranscript(text, format));
  const nameOf = (code: string): string | null => speakers.find((one) => one.code === code)?.name ?? null;
  return turns.map(({ speaker, text: words, startMs, endMs }) => [nameOf(speaker), words, startMs, endMs]);
}

describe('an SRT file', () => {
  it('has a turn for each cue, with its times and without its numbers and styles', () => {
    const file = `1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Hello</i>\r\nthere.\r\n\r\n2\r\n01:02:03,4 --> 01:02:05,000\r\nAnn: {\\an8}Hi 👋\r\n`;
    expect(said(file, 'SRT')).toEqual([
      [null, 'Hello there.', 1_000, 2_500],
      ['Ann', 'Hi 👋', 3_723_400, 3_725_000],
    ]);
  });

  it('is read without blank lines between its cues', () => {
    const file = '1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo';
    expect(said(file, 'SRT').map(([, text]) => text)).toEqual(['One', 'Two']);
  });

  it('keeps its order when times go backwards, and takes no end before a start', () => {
    const file = '1\n00:00:09,000 --> 00:00:08,000\nLate\n\n2\n00:00:01,000 --> 00:00:02,000\nEarly';
    expect(said(file, 'SRT')).toEqual([
      [null, 'Late', 9_000, null],
      [null, 'Early', 1_000, 2_000],
    ]);
  });

  it('takes words before a colon for a name as pasted text does', () => {
    const cue = (text: string): string => `00:00:01,000 --> 00:00:02,000\n${text}\n\n`;
    expect(said(cue('note: once') + cue('He said to me: no.') + cue('בן: שלום'), 'SRT').map(([name]) => name)).toEqual([
      null,
      null,
      'בן',
    ]);
  });

  it('with less and greater signs in its words keeps them', () => {
    expect(said('00:01,000 --> 00:02,000\na < b and c > d', 'SRT')[0]?.[1]).toBe('a < b and c > d');
  });
});

describe('a VTT file', () => {
  it('has a turn for each voice of each cue, without notes, styles and cue names', () => {
    const file = `\uFEFFWEBVTT - title

STYLE
::cue { color: red }

NOTE a note
over two lines

intro
00:01.000 --> 00:02.000 align:start position:0%
<v.loud Ann Lee>Tom &amp; <c.x>Jerry</c> &lt;3</v> <v Bob>Yes.</v>

00:00:03.000 --> 00:00:04.000
Chris: No voice.
`;
    expect(said(file, 'VTT')).toEqual([
      ['Ann Lee', 'Tom & Jerry <3', 1_000, 2_000],
      ['Bob', 'Yes.', 1_000, 2_000],
      ['Chris', 'No voice.', 3_000, 4_000],
    ]);
  });

  it('without a cue has no turn', () => {
    expect(said('WEBVTT\n\nNOTE nothing', 'VTT')).toEqual([]);
  });
});
