import type { AnalysedConversation } from '../../port.js';
import { read, type Reading } from './reading.js';

/**
 * Keeps what was made of conversations and forgets those that were used longest ago. Questions that ask
 * at the same time share one reading. The bound counts words, so that one long transcript costs as much as many short.
 */
export class ReadingCache {
  private readonly readings = new Map<string, Promise<Reading>>();
  private readonly sizes = new Map<string, number>();

  constructor(private readonly maximumWords: number) {}

  async get(conversation: AnalysedConversation): Promise<Reading> {
    const key = keyOf(conversation);
    const known = this.readings.get(key);
    if (known !== undefined) {
      this.readings.delete(key);
      this.readings.set(key, known);
      return known;
    }
    const reading = read(conversation);
    this.readings.set(key, reading);
    try {
      const done = await reading;
      if (this.readings.has(key)) this.sizes.set(key, done.parsed.size);
      this.forgetOldest();
      return done;
    } catch (error) {
      this.forget(key);
      throw error;
    }
  }

  clear(): void {
    this.readings.clear();
    this.sizes.clear();
  }

  private forget(key: string): void {
    this.readings.delete(key);
    this.sizes.delete(key);
  }

  private forgetOldest(): void {
    let words = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const key of [...this.readings.keys()].slice(0, -1)) {
      if (words <= this.maximumWords) return;
      words -= this.sizes.get(key) ?? 0;
      this.forget(key);
    }
  }
}

/** What is not the transcript changes under the same key: somebody says who a speaker is, or gives another title. */
const keyOf = ({ key, title, startedAt, voices }: AnalysedConversation): string =>
  JSON.stringify([key, title, startedAt, voices]);
