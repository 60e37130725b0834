import { describe, expect, it } from '@jest/globals';
import { pastedTranscript } from './pasted/structure-transcript.js';
import { inSlices, type Slices } from './slices.js';
import { readStructured } from './structured/read-structured.js';
import { subtitleTranscript } from './subtitles/subtitle-transcript.js';

/** A fifth of what may be sent: the slices are of one size. */
const bytes = 2_097_152;
const fill = (pattern: string): string => pattern.repeat(Math.floor(bytes / pattern.length));

/** Each pause is a place where the event loop goes on; far apart they would hold it up. */
function slicesOf(work: Slices<unknown>): number {
  let slices = 1;
  while (!work.next().done) slices += 1;
  return slices;
}

describe('hostile text', () => {
  it.each([
    ['line ends', '\n'],
    ['names', 'a:\n'],
    ['other names', 'Ann: x\n'],
    ['times', '[00:00:01]\n'],
    ['paragraphs', 'x\n\n'],
  ])('of %s is structured in many slices', (_title, pattern) => {
    expect(slicesOf(pastedTranscript(fill(pattern)))).toBeGreaterThan(20);
  });

  it.each([
    ['cues', '00:01,000 --> 00:02,000\nx\n'],
    ['arrows', '-->\n'],
    ['tags that never end', '00:01,000 --> 00:02,000\n<v <v <v <v\n'],
  ])('of %s is read as subtitles in many slices', (_title, pattern) => {
    expect(slicesOf(subtitleTranscript(fill(pattern), 'VTT'))).toBeGreaterThan(20);
  });

  it('of short turns is checked in many slices', () => {
    const turns = Array.from({ length: 20_000 }, () => ({ participantId: 'a', text: 'x'.repeat(60) }));
    expect(slicesOf(readStructured(JSON.stringify({ participants: [{ id: 'a', name: 'A' }], turns })))).toBeGreaterThan(
      20,
    );
  });
});

it('other work goes on between slices', async () => {
  let ticks = 0;
  const counting = setInterval(() => (ticks += 1), 0);
  await inSlices(pastedTranscript(fill('Ann: hello\n')));
  clearInterval(counting);
  expect(ticks).toBeGreaterThan(2);
});

it('work that is told to stop ends between slices', async () => {
  const stopping = new AbortController();
  stopping.abort();
  await expect(inSlices(pastedTranscript(fill('Ann: hello\n')), stopping.signal)).rejects.toThrow();
});
