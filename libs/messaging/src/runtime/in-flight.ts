/** How much has been read and not finished. One message is always let in, however large it is. */
export class InFlight {
  #messages = 0;
  #bytes = 0;
  #wake: (() => void) | undefined;

  constructor(private readonly limit: { readonly messages: number; readonly bytes: number }) {}

  get messages(): number {
    return this.#messages;
  }

  /** Counts the message if it fits now. */
  tryEnter(bytes: number): boolean {
    if (!this.#fits(bytes)) return false;
    this.#messages += 1;
    this.#bytes += bytes;
    return true;
  }

  /** Waits until the message fits, then counts it; false if the signal was aborted first. One caller at a time. */
  async enter(bytes: number, signal: AbortSignal): Promise<boolean> {
    const wake = (): void => this.#wake?.();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted && !this.#fits(bytes)) await new Promise<void>((resolve) => (this.#wake = resolve));
    } finally {
      signal.removeEventListener('abort', wake);
    }
    return !signal.aborted && this.tryEnter(bytes);
  }

  leave(bytes: number): void {
    this.#messages -= 1;
    this.#bytes -= bytes;
    this.#wake?.();
  }

  #fits(bytes: number): boolean {
    const { messages, bytes: most } = this.limit;
    return this.#messages === 0 || (this.#messages < messages && this.#bytes + bytes <= most);
  }
}
