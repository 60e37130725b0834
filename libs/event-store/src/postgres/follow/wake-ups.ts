/** Tells whoever waits that the log may have grown. */
export class WakeUps {
  private readonly sleepers = new Set<() => void>();
  private count = 0;

  /** Taken before the log is read, so that what comes during the read is not slept through. */
  get seen(): number {
    return this.count;
  }

  wake = (): void => {
    this.count += 1;
    for (const wakeUp of [...this.sleepers]) wakeUp();
  };

  /** Resolves on the first wake-up after `seen`, after the time, or when the signal is aborted; never rejects. */
  async after(seen: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (seen !== this.count || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wakeUp = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wakeUp);
        this.sleepers.delete(wakeUp);
        resolve();
      };
      const timer = setTimeout(wakeUp, milliseconds);
      signal.addEventListener('abort', wakeUp);
      this.sleepers.add(wakeUp);
    });
  }
}
