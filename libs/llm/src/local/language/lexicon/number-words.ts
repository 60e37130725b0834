/** Numbers in English words, and what makes them money or a share. General language; nothing of any sample. */

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety';

/** Words up to ninety, by value. */
export const numberWords: ReadonlyMap<string, number> = new Map([
  ...units.split(' ').map((word, value) => [word, value] as const),
  ...tens.split(' ').map((word, index) => [word, (index + 2) * 10] as const),
]);

/** Words and letters that multiply. */
export const magnitudes: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['k', 1e3],
  ['grand', 1e3],
  ['million', 1e6],
  ['mio', 1e6],
  ['m', 1e6],
  ['billion', 1e9],
  ['bn', 1e9],
  ['dozen', 12],
]);

const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth';

/** Ordinals up to thirtieth; twenty-first and its like are made of two words. */
export const ordinalWords: ReadonlyMap<string, number> = new Map([
  ...ordinals.split(' ').map((word, index) => [word, index + 1] as const),
  ['thirtieth', 30] as const,
]);

export const percentWords: ReadonlySet<string> = new Set(['%', 'percent', 'pct', 'percentage']);

/** Signs, codes and names of currencies, by ISO 4217. */
export const currencyWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    EUR: '€ eur euro euros',
    USD: '$ usd dollar dollars buck bucks',
    GBP: '£ gbp pound pounds quid sterling',
    CHF: 'chf franc francs',
    JPY: '¥ jpy yen',
    INR: '₹ inr rupee rupees',
    SEK: 'sek krona kronor crowns',
    NOK: 'nok kroner krone',
    DKK: 'dkk',
    PLN: 'pln zloty zlotys',
    CZK: 'czk koruna',
    CAD: 'cad',
    AUD: 'aud',
    BRL: 'brl reais',
    ZAR: 'zar rand',
    AED: 'aed dirham dirhams',
  }).flatMap(([code, words]) => words.split(' ').map((word) => [word, code] as const)),
);
