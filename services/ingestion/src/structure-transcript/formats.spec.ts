import { atOnce, type Transcript } from '@harmony/transcript';
import { expect, it } from '@jest/globals';
import { originOf, transcriptOf } from './formats.js';

const said = ({ turns }: Transcript) => turns.map(({ text, startMs }) => [text, startMs]);

it.each([
  [
    'TEXT',
    'Ann: Hello.\nBob: Hi.',
    [
      ['Hello.', null],
      ['Hi.', null],
    ],
    'TEXT',
  ],
  ['SRT', '1\n00:00:01,000 --> 00:00:02,000\nHello.', [['Hello.', 1_000]], 'SUBTITLES'],
  ['VTT', 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello.', [['Hello.', 1_000]], 'SUBTITLES'],
  [
    'STRUCTURED',
    '\uFEFF{"participants":[{"id":"a","name":"Ann"}],"turns":[{"participantId":"a","text":"Hello."}],"app":"other"}',
    [['Hello.', null]],
    'STRUCTURED',
  ],
] as const)('a file in %s becomes turns, and is recorded as that', (format, text, turns, kind) => {
  expect(said(atOnce(transcriptOf(format, text)))).toEqual(turns);
  expect(originOf(format).kind).toBe(kind);
});

it('pasted text with cues of subtitles stays raw text', () => {
  expect(said(atOnce(transcriptOf('TEXT', '1\n00:00:01,000 --> 00:00:02,000\nHello.')))).not.toEqual([
    ['Hello.', 1_000],
  ]);
});

it.each([
  ['SRT', 'nothing of the kind', 'EMPTY_TRANSCRIPT'],
  ['VTT', 'WEBVTT\n', 'EMPTY_TRANSCRIPT'],
  ['STRUCTURED', '{"participants":[', 'INVALID_JSON'],
  ['STRUCTURED', '{"participants":[],"turns":[]}', 'INVALID_INPUT'],
  ['STRUCTURED', `{"turns":${'['.repeat(1_000)}${']'.repeat(1_000)}}`, 'INVALID_INPUT'],
] as const)('a file that is no %s is refused with a code', (format, text, code) => {
  expect(() => atOnce(transcriptOf(format, text))).toThrow(expect.objectContaining({ code }));
});
