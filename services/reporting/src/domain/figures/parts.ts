import { byText } from '../text.js';

/** What a question names: an item, a bucket, a stage. */
export interface NamedPart {
  readonly key: string;
  readonly name: string;
  /** The current version of the definition no longer has it. */
  readonly isFormer: boolean;
}

/** The parts of the current version in its order, then those that only past answers have, by key. */
export function namedParts(
  current: readonly { readonly key: string; readonly name: string }[],
  answered: Iterable<string>,
): NamedPart[] {
  const known = new Set(current.map(({ key }) => key));
  const former = [...new Set(answered)].filter((key) => !known.has(key)).sort(byText);
  return [
    ...current.map(({ key, name }) => ({ key, name, isFormer: false })),
    ...former.map((key) => ({ key, name: key, isFormer: true })),
  ];
}

/** How often each key is there. */
export class Counts {
  private readonly counts = new Map<string, number>();

  add(key: string, count: number): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + count);
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  keys(): Iterable<string> {
    return this.counts.keys();
  }
}
