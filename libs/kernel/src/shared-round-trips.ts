export interface GroupLimits {
  /** Groups under way at most, when each of them is held up. */
  readonly groups: number;
  /** How long one group is waited for before the next one goes beside it, for instance past a stream that is locked. */
  readonly patienceMs: number;
  readonly itemsPerGroup: number;
  readonly bytesPerGroup: number;
  /** So many bytes keep the server busy by themselves: they go beside the groups under way without waiting for them. */
  readonly bytesAtOnce: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins concurrent callers into groups that share one round trip. An idle store sends at once; while a group is under way,
 * callers gather for the next one, so that groups grow with the load and with the time that the server takes.
 */
export class SharedRoundTrips<Item extends { readonly bytes: number }, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private waitingBytes = 0;
  private underWay = 0;
  private scheduled = false;
  private patience: NodeJS.Timeout | undefined;
  private readonly onIdle: (() => void)[] = [];

  /** @param answer gives the results in the order of the items; an Error among them rejects its caller only. */
  constructor(
    private readonly answer: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
    private readonly limits: GroupLimits,
  ) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.waitingBytes += item.bytes;
      this.schedule();
    });
  }

  /** Resolves when nobody waits any more. */
  async idle(): Promise<void> {
    if (this.underWay === 0 && this.waiting.length === 0) return;
    await new Promise<void>((resolve) => this.onIdle.push(resolve));
  }

  /** When the callers that one round trip released have all come back, which is before the next tick. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    process.nextTick(() => {
      this.scheduled = false;
      if (this.underWay === 0 || this.isWorthItsOwn) this.sendGroup();
      else this.sendAfterPatience();
    });
  }

  private get isWorthItsOwn(): boolean {
    return this.waitingBytes >= this.limits.bytesAtOnce && this.underWay < this.limits.groups;
  }

  private sendAfterPatience(): void {
    if (this.underWay === this.limits.groups) return;
    this.patience ??= setTimeout(() => {
      this.patience = undefined;
      this.sendGroup();
    }, this.limits.patienceMs);
  }

  private sendGroup(): void {
    clearTimeout(this.patience);
    this.patience = undefined;
    if (this.waiting.length > 0) void this.send(this.takeGroup());
    while (this.isWorthItsOwn) void this.send(this.takeGroup());
    if (this.waiting.length > 0) this.sendAfterPatience();
  }

  private takeGroup(): Waiting<Item, Result>[] {
    let bytes = 0;
    let count = 0;
    for (const { item } of this.waiting) {
      bytes += item.bytes;
      if (count === this.limits.itemsPerGroup || (count > 0 && bytes > this.limits.bytesPerGroup)) break;
      count += 1;
    }
    const group = this.waiting.splice(0, count);
    for (const { item } of group) this.waitingBytes -= item.bytes;
    return group;
  }

  private async send(group: readonly Waiting<Item, Result>[]): Promise<void> {
    this.underWay += 1;
    try {
      const results = await this.answer(group.map(({ item }) => item));
      group.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result === undefined || result instanceof Error) reject(result);
        else resolve(result);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    this.underWay -= 1;
    if (this.waiting.length > 0) this.schedule();
    else if (this.underWay === 0) this.onIdle.splice(0).forEach((resolve) => resolve());
  }
}
