const small: ReadonlyMap<string, number> = new Map(
  [
    ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
    ['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
  ]
    .flat()
    .map((word, value) => [word, value] as const),
);
const tens: ReadonlyMap<string, number> = new Map(
  ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map((word, index) => [
    word,
    20 + 10 * index,
  ]),
);
const scales: ReadonlyMap<string, number> = new Map([
  ['thousand', 1_000],
  ['million', 1_000_000],
]);
const ordinals: ReadonlyMap<string, string> = new Map([
  ['third', 'three'],
  ['fifth', 'five'],
  ['eighth', 'eight'],
  ['ninth', 'nine'],
  ['twelfth', 'twelve'],
]);

/** "fourteenth" as "fourteen"; first and second mean too much else to be numbers. */
function cardinal(word: string): string {
  const known = ordinals.get(word);
  if (known) return known;
  const stem = word.endsWith('ieth') ? `${word.slice(0, -4)}y` : word.endsWith('th') ? word.slice(0, -2) : word;
  return small.has(stem) || tens.has(stem) ? stem : word;
}

/** Writes numbers in digits and without separators: "21,000", "21k" and "twenty-one thousand" are all "21000". */
export function foldNumbers(words: readonly string[]): string[] {
  const folded: string[] = [];
  let spoken: SpokenNumber | undefined;
  const finish = (): void => {
    if (spoken) folded.push(String(spoken.value));
    spoken = undefined;
  };
  for (const [index, raw] of words.entries()) {
    const word = cardinal(raw);
    const next = cardinal(words[index + 1] ?? '');
    if (spoken?.takes(word)) continue;
    if (spoken?.hasHundreds && word === 'and' && (small.has(next) || tens.has(next))) continue;
    finish();
    spoken = SpokenNumber.from(word);
    if (!spoken) folded.push(word);
  }
  finish();
  return folded;
}

/** Grows word by word as long as the words belong to one number. */
class SpokenNumber {
  private whole = 0;
  hasHundreds = false;

  private constructor(
    private part: number,
    /** Smaller numbers than this may follow: 10 after "twenty", 100 after "hundred", 0 after "three". */
    private room: number,
  ) {}

  static from(word: string): SpokenNumber | undefined {
    if (/^\d/.test(word)) return new SpokenNumber(digits(word), 0);
    if (word === 'hundred' || scales.has(word)) return SpokenNumber.oneOf(word);
    const ten = tens.get(word);
    if (ten !== undefined) return new SpokenNumber(ten, 10);
    const value = small.get(word);
    return value === undefined ? undefined : new SpokenNumber(value, 0);
  }

  /** "A hundred" says one without the word. */
  private static oneOf(scale: string): SpokenNumber {
    const number = new SpokenNumber(1, 0);
    number.takesScale(scale);
    return number;
  }

  get value(): number {
    return this.whole + this.part;
  }

  takes(word: string): boolean {
    return this.takesScale(word) || this.takesSmaller(word);
  }

  private takesScale(word: string): boolean {
    const factor = word === 'hundred' ? 100 : scales.get(word);
    if (factor === undefined || this.part === 0) return false;
    if (factor === 100) this.part *= 100;
    else {
      this.whole += this.part * factor;
      this.part = 0;
    }
    this.hasHundreds = true;
    this.room = factor;
    return true;
  }

  private takesSmaller(word: string): boolean {
    const value = tens.get(word) ?? small.get(word);
    if (value === undefined || value >= this.room) return false;
    this.part += value;
    this.room = tens.has(word) ? 10 : 0;
    return true;
  }
}

/** "21,000" is 21000, "9.5" is 9.5, "16th" is 16, "80k" is 80000. */
function digits(word: string): number {
  const factor = word.endsWith('k') ? 1_000 : /\dm$/.test(word) ? 1_000_000 : 1;
  const bare = word.replace(/[^\d.,:]/g, '').replace(':', '');
  const plain = /^\d{1,3}(?:[.,]\d{3})+$/.test(bare) ? bare.replace(/[.,]/g, '') : bare.replace(/,/g, '.');
  const value = Number.parseFloat(plain);
  return Math.round(value * factor * 1_000_000) / 1_000_000;
}
