import type { Evidence } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anchorEvidence, isVerified } from './anchor-evidence.js';
import { reanchor, type Reanchored } from './reanchor.js';
import { TranscriptText } from './transcript-text.js';

const text = (...turns: string[]): TranscriptText =>
  new TranscriptText(
    turns.map((said, index) => ({ index, text: said, startMs: index * 1_000, endMs: index * 1_000 + 900 })),
  );

const call = [
  'Good morning, this is Ann from Acme Logistics, can you hear me?',
  'Yes, I can hear you well.',
  'Yes, and we have set aside forty thousand euros for the first year of Kubernetes.',
  'Who signs that off?',
  'Our finance director signs everything above ten thousand. Yes, everything.',
  'Thank you very much, that was all.',
];
const quoted = (turn: number, quote: string, turns = call): Evidence => {
  const evidence = anchorEvidence(text(...turns), { turn, quote, part: 'a part' });
  if (!evidence) throw new Error(`Turn ${turn} does not say ${quote}.`);
  return evidence;
};
const again = (turn: number, quote: string, turns: readonly string[]): Reanchored =>
  reanchor(quoted(turn, quote), text(...call), text(...turns));

describe('evidence of one transcript in another one', () => {
  it('is found exactly where turns are cut at other places', () => {
    const turns = ['Hello.', ...call.slice(0, 2), `${call[2]} ${call[3]}`, ...call.slice(4)];
    const { match, evidence } = again(3, 'Who signs that off?', turns);
    expect({ match, evidence }).toMatchObject({
      match: 'EXACT',
      evidence: { turn: 3, quote: 'Who signs that off?', startMs: 3_000, part: 'a part' },
    });
  });

  it.each([
    ['a name', 'Acme Logistics', 'Acne Logistics'],
    ['a number', 'forty thousand euros', 'fourteen thousand euros'],
    ['a word that became two', 'Kubernetes', 'Kuber Netties'],
    ['two words that became one', 'set aside', 'setaside'],
    ['case and punctuation', 'Our finance director signs everything', 'our finance director, signs everything'],
  ])('says what the other one heard: %s', (_what, quote, heard) => {
    const turns = call.map((said) => said.replace(quote, heard));
    const turn = call.findIndex((said) => said.includes(quote));
    expect(again(turn, quote, turns)).toMatchObject({ match: 'NEAR', evidence: { turn, quote: heard } });
  });

  it('that is short counts at its own place only, also where the same word is said elsewhere', () => {
    expect(again(2, 'Yes', call)).toMatchObject({ match: 'EXACT', evidence: { turn: 2, startInTurn: 0 } });
    expect(again(4, 'Yes', call)).toMatchObject({ match: 'EXACT', evidence: { turn: 4, startInTurn: 58 } });
    const without = call.map((said, turn) => (turn === 2 ? said.replace('Yes, and we', 'And we') : said));
    expect(again(2, 'Yes', without)).toEqual({ match: 'NOT_FOUND', evidence: null });
    expect(again(2, 'Yes', ['Yesterday', ...without])).toEqual({ match: 'NOT_FOUND', evidence: null });
  });

  it('of what the other one did not hear is not found', () => {
    expect(again(5, 'Thank you very much', call.slice(0, 5))).toEqual({ match: 'NOT_FOUND', evidence: null });
    expect(again(3, 'Who signs that off?', [])).toEqual({ match: 'NOT_FOUND', evidence: null });
    expect(again(3, 'Who signs that off?', ['Something else was said here.'])).toMatchObject({ match: 'NOT_FOUND' });
  });

  it('that two turns share lies in the one that says most of it', () => {
    const turns = [
      ...call.slice(0, 4),
      'Our finance',
      'director signs everything above ten thousand.',
      ...call.slice(5),
    ];
    expect(again(4, 'Our finance director signs everything above ten thousand', turns)).toMatchObject({
      match: 'NEAR',
      evidence: { turn: 5, quote: 'director signs everything above ten thousand' },
    });
  });
});

describe('whatever two transcripts say', () => {
  const word = fc.constantFrom('we', 'pay', 'İstanbul', 'ten', '😀', 'ﬁne', 'é', 'and', 'price', 'no', '—', 'Müller');
  const turn = fc.array(word, { minLength: 1, maxLength: 15 }).map((words) => words.join(' '));
  const transcript = fc.array(turn, { minLength: 1, maxLength: 8 });
  const place = fc.record({ turn: fc.nat(), from: fc.nat(40), length: fc.integer({ min: 1, max: 60 }) });
  type Place = { turn: number; from: number; length: number };
  const evidenceIn = (turns: readonly string[], { turn: which, from, length }: Place): Evidence => {
    const index = which % turns.length;
    const quote = (turns[index] ?? '').slice(from, from + length);
    fc.pre(!/\p{Surrogate}/u.test(quote));
    const evidence = anchorEvidence(text(...turns), { turn: index, quote, part: null });
    fc.pre(evidence !== undefined);
    return evidence;
  };

  it('evidence is found where it is, in the same transcript', () => {
    fc.assert(
      fc.property(transcript, place, (turns, where) => {
        const evidence = evidenceIn(turns, where);
        const found = reanchor(evidence, text(...turns), text(...turns));
        expect(found).toEqual({ match: 'EXACT', evidence });
      }),
      { numRuns: 200 },
    );
  });

  it('evidence is in the other one to the letter, exactly the same or as something else, or it is not found', () => {
    fc.assert(
      fc.property(transcript, transcript, place, (turns, others, where) => {
        const evidence = evidenceIn(turns, where);
        const to = text(...others);
        const { match, evidence: found } = reanchor(evidence, text(...turns), to);
        expect(found === null).toBe(match === 'NOT_FOUND');
        if (!found) return;
        expect(isVerified(to, found)).toBe(true);
        expect(to.toString().slice(found.start, found.end)).toBe(found.quote);
        expect(found.quote === evidence.quote).toBe(match === 'EXACT');
      }),
      { numRuns: 400 },
    );
  });

  it('a quote that tells something is found exactly as long as its turn is there', () => {
    const telling = 'the quick brown fox jumps';
    fc.assert(
      fc.property(transcript, transcript, transcript, transcript, (a, b, c, d) => {
        const [turns, others] = [
          [...a, telling, ...b],
          [...c, telling, ...d],
        ];
        const evidence = anchorEvidence(text(...turns), { turn: a.length, quote: 'quick brown fox', part: null });
        if (!evidence) throw new Error('It is said.');
        expect(reanchor(evidence, text(...turns), text(...others))).toMatchObject({
          match: 'EXACT',
          evidence: { turn: c.length, startInTurn: 4, quote: 'quick brown fox' },
        });
      }),
    );
  });
});
