import { createHash } from 'node:crypto';
import type { ConversationPlan } from './plan-conversation.js';

interface Drawn {
  readonly conversationId: string;
  readonly definitionId: string;
  readonly lot: string;
}

/** Draws unchanged cells to be asked again: by lot, and the same ones whenever the same revision draws. */
export class NoiseSample {
  private drawn: Drawn[] = [];

  constructor(
    private readonly revisionId: string,
    private readonly size: number,
  ) {}

  add({ conversationId, cells }: ConversationPlan): void {
    if (this.size <= 0) return;
    for (const { definitionId, decision } of cells) {
      if (decision !== 'REUSED') continue;
      const lot = createHash('sha256').update(`${this.revisionId}/${conversationId}/${definitionId}`).digest('hex');
      this.drawn.push({ conversationId, definitionId, lot });
    }
    if (this.drawn.length > this.size * 10) this.drawn = this.smallest();
  }

  /** Definitions to be asked again, by conversation. */
  get definitions(): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    for (const { conversationId, definitionId } of this.smallest()) {
      found.set(conversationId, [...(found.get(conversationId) ?? []), definitionId]);
    }
    return found;
  }

  private smallest(): Drawn[] {
    return this.drawn.toSorted((left, right) => (left.lot < right.lot ? -1 : 1)).slice(0, this.size);
  }
}
