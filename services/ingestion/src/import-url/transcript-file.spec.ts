import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textKindOf } from './transcript-file.js';

const cue = '00:00:01,000 --> 00:00:02,000\nHello';

describe('what a text file is', () => {
  it.each([
    ['TEXT', 'Ann: Hello\nBob: Hi'],
    ['TEXT', '<john> hello there'],
    ['TEXT', '[00:12] Ann: Hello'],
    ['TEXT', '{laughs} Well.'],
    ['TEXT', 'שלום'],
    ['TEXT', 'He wrote <html> on the wall'],
    ['SRT', `1\n${cue}`],
    ['SRT', `\uFEFF\r\n1\r\n${cue}`],
    ['SRT', cue],
    ['VTT', `WEBVTT\n\n${cue}`],
    ['VTT', '\uFEFFWEBVTT - title'],
    ['STRUCTURED', '{"title":"x","participants":[],"turns":[]}'],
    ['STRUCTURED', '\n{ "turns" : ['],
    ['PAGE', '<!DOCTYPE html><title>Sign in</title>'],
    ['PAGE', '\n<!-- a --><!-- b -->\n<HTML lang="en">'],
    ['PAGE', '<?xml version="1.0"?>\n<html xmlns="x">'],
    [undefined, '{"error":"sign in first"}'],
    [undefined, '[{"a":1}]'],
    [undefined, '#EXTM3U\nfile:///etc/passwd'],
    [undefined, 'ffconcat version 1.0\nfile secret'],
    [undefined, '[playlist]\nFile1=/etc/passwd'],
    [undefined, '<?xml version="1.0"?><MPD/>'],
    [undefined, '%PDF-1.7\nText'],
    [undefined, 'PK\u0003\u0004 words'],
    [undefined, ''],
    [undefined, ' \n --- '],
  ] as const)('is %s: %j', (kind, text) => {
    expect(textKindOf(Buffer.from(text))).toBe(kind);
  });

  it('is told of UTF-16 with its mark and of Windows-1252', () => {
    expect(textKindOf(Buffer.from('\uFEFF1\n00:01,000 --> 00:02,000', 'utf16le'))).toBe('SRT');
    expect(textKindOf(Buffer.from('Käse: Größe', 'latin1'))).toBe('TEXT');
  });

  it('is told of any bytes without a failure, and quickly of those made to take long', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(() => textKindOf(Buffer.from(bytes))).not.toThrow()));
    for (const unit of ['<!---->', '<!-- ', '<?xml >', ' ', '{', '[', '1\n']) {
      expect(textKindOf(Buffer.from(unit.repeat(60_000)))).not.toBe('PAGE');
    }
  });
});
