/** The same seed gives the same values for ever (sfc32, of the PractRand suite); a salt changes ids and nothing else. */
export class Random {
  private a = 0x9e3779b9;
  private b = 0x243f6a88;
  private c: number;
  private counter = 1;

  constructor(
    seed: number,
    private readonly salt = 0,
  ) {
    this.c = seed | 0;
    this.b ^= Math.floor(seed / 2 ** 32) | 0;
    for (let round = 0; round < 15; round += 1) this.word();
  }

  /** 32 bits, without a sign. */
  word(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number from 0 up to, and without, `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** A whole number; both ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list that is not empty. */
  pick<Item>(list: readonly Item[]): Item {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from.');
    return item;
  }

  /** Up to `count` different ones, in the order of the list. */
  some<Item>(list: readonly Item[], count: number): Item[] {
    let wanted = Math.min(count, list.length);
    return list.filter((_, index) => {
      const taken = this.next() * (list.length - index) < wanted;
      if (taken) wanted -= 1;
      return taken;
    });
  }

  shuffled<Item>(list: readonly Item[]): Item[] {
    return list
      .map((item) => ({ item, place: this.next() }))
      .sort((left, right) => left.place - right.place)
      .map(({ item }) => item);
  }

  /** Eight hexadecimal digits a word. */
  hex(words: number): string {
    let text = '';
    for (let word = 0; word < words; word += 1) text += (this.word() + 2 ** 32).toString(16).slice(1);
    return text;
  }

  uuid(): string {
    const salted = ((this.word() ^ this.salt) >>> 0) + 2 ** 32;
    const hex = salted.toString(16).slice(1) + this.hex(3);
    const variant = '89ab'[this.below(4)] ?? '8';
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
