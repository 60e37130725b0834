/** What one draw from the shared counter of a key brought. */
export interface Draw {
  /** Points that are now this process's to give out; fewer than asked for near the limit. */
  readonly granted: number;
  /** Points that nobody has drawn yet. */
  readonly left: number;
  readonly millisecondsToReset: number;
}

/** One point given out, or refused; `remaining` counts what is drawn and not given out as well. */
export interface Outcome {
  readonly given: boolean;
  readonly remaining: number;
  readonly millisecondsToReset: number;
}

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** The part of what is left that is drawn at once. It is also the most that can lie unused here while others are refused. */
const share = 0.1;

/**
 * The points of one key in this process. They are drawn from the shared counter in blocks, and one draw serves all who
 * wait: a busy key costs few statements, and never more points are given out than the counter allows.
 */
export class DrawnPoints {
  private points = 0;
  private left = 0;
  private endsAt = 0;
  private waiting: Waiting[] = [];
  private drawing = false;

  constructor(private readonly draw: (points: number) => Promise<Draw>) {}

  /** Asks for one point. @throws what the draw throws. */
  take(): Promise<Outcome> {
    if (this.points > 0 && !this.isOver) return Promise.resolve(this.give());
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      if (!this.drawing) void this.serve();
    });
  }

  /** True when forgetting this object loses nothing. */
  get isIdle(): boolean {
    return this.isOver && !this.drawing;
  }

  private get isOver(): boolean {
    return Date.now() >= this.endsAt;
  }

  private async serve(): Promise<void> {
    this.drawing = true;
    while (this.waiting.length > 0) {
      const served = this.waiting.splice(0);
      try {
        await this.refill(served.length);
        for (const { resolve } of served) resolve(this.give());
      } catch (error) {
        for (const { reject } of served) reject(error);
      }
    }
    this.drawing = false;
  }

  /** The first draw of a window takes no more than is asked for: most keys are not busy. */
  private async refill(wanted: number): Promise<void> {
    const ahead = this.isOver ? 0 : Math.floor(this.left * share);
    const { granted, left, millisecondsToReset } = await this.draw(Math.max(wanted, ahead));
    this.points = granted;
    this.left = left;
    this.endsAt = Date.now() + millisecondsToReset;
  }

  private give(): Outcome {
    const given = this.points > 0;
    if (given) this.points -= 1;
    return { given, remaining: this.left + this.points, millisecondsToReset: Math.max(0, this.endsAt - Date.now()) };
  }
}
