import type { Connection, Submittable } from 'pg';
import { Readable } from 'node:stream';

const blockBytes = 64 * 1024;

/** How lines end: RFC 4180 wants both characters, JSON Lines the second one only. Postgres itself writes that alone. */
export type LineEnd = '\r\n' | '\n';

/**
 * What one `copy … to stdout` in text form gives, as a stream of bytes that waits for its reader: Postgres sends a
 * message a row, so that the end of a line is never looked for among the bytes.
 */
export class CopyStream extends Readable implements Submittable {
  /** Rows that have arrived. */
  rowCount = 0;
  private connection: Connection | undefined;
  private block = Buffer.allocUnsafe(blockBytes);
  private filled = 0;
  private readonly lineEnd: Buffer;

  constructor(
    private readonly text: string,
    lineEnd: LineEnd,
  ) {
    super({ highWaterMark: 2 * blockBytes });
    this.lineEnd = Buffer.from(lineEnd);
  }

  submit(connection: Connection): void {
    this.connection = connection;
    connection.query(this.text);
  }

  /** The driver uses the memory of the message again. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    this.rowCount += 1;
    this.add(chunk.subarray(0, -1));
    this.add(this.lineEnd);
  }

  handleCommandComplete(): void {
    // The connection is ready only after the message that follows.
  }

  handleReadyForQuery(): void {
    this.flush();
    this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }

  override _read(): void {
    this.connection?.stream.resume();
  }

  private add(bytes: Buffer): void {
    let taken = 0;
    while (taken < bytes.length) {
      const copied = bytes.copy(this.block, this.filled, taken);
      taken += copied;
      this.filled += copied;
      if (this.filled === blockBytes) this.flush();
    }
  }

  private flush(): void {
    if (this.filled === 0 || this.destroyed) return;
    const wantsMore = this.push(this.block.subarray(0, this.filled));
    this.block = Buffer.allocUnsafe(blockBytes);
    this.filled = 0;
    if (!wantsMore) this.connection?.stream.pause();
  }
}
