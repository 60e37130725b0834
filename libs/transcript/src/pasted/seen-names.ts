import { nameKey, type LineStart } from './speaker-label.js';

/** More names than any conversation has: then what looks like one is something else, a log or a table. */
const maximumNames = 1_000;

/** What lines begin with in a whole text, to tell names from other words before a colon. */
export class SeenNames {
  private readonly counts = new Map<string, number>();

  see(start: LineStart | undefined): void {
    if (!start?.name) return;
    const key = nameKey(start.name);
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  get areTooMany(): boolean {
    return this.counts.size > maximumNames;
  }

  /** A name in lower case is taken for a name only when at least two lines begin with it. A time is always taken. */
  accept({ name, certain }: LineStart): boolean {
    return name === null || (!this.areTooMany && (certain || (this.counts.get(nameKey(name)) ?? 0) > 1));
  }
}
