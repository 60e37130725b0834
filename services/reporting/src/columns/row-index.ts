/**
 * Which row of columns is which conversation's. It only grows, so that columns which are copies of each other share one:
 * whether a conversation is there is for each of them to say.
 */
export class RowIndex {
  readonly conversationIds: string[] = [];
  private readonly rows = new Map<string, number>();

  rowOf(conversationId: string): number | undefined {
    return this.rows.get(conversationId);
  }

  /** The row of a conversation, a new one where it has none. */
  add(conversationId: string): number {
    const known = this.rows.get(conversationId);
    if (known !== undefined) return known;
    const row = this.conversationIds.length;
    this.conversationIds.push(conversationId);
    this.rows.set(conversationId, row);
    return row;
  }
}
