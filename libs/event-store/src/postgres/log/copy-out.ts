import type { Connection, Pool, Submittable } from 'pg';
import type { CopiedRows } from './copied-rows.js';

/** Bytes before the first row: signature, flags and the length of the header's extension (PostgreSQL manual, COPY). */
const headerBytes = 19;

/**
 * One `copy … to stdout (format binary)`, row by row. A stream of chunks would cost another copy of every byte, and rows
 * of a query several times as much.
 */
class CopyOut implements Submittable {
  private atHeader = true;

  /** @param callback is called by the driver as well when it gives up waiting. */
  constructor(
    private readonly text: string,
    private readonly rows: CopiedRows,
    public callback: (error: Error | null) => void,
  ) {}

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  /** Each message is one row; the first one follows the header, and a count of columns below zero is the end. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const offset = this.atHeader ? headerBytes : 0;
    this.atHeader = false;
    if (chunk.length > offset && chunk.readInt16BE(offset) >= 0) this.rows.add(chunk, offset + 2);
  }

  handleCommandComplete(): void {
    // The connection is ready only after the message that follows.
  }

  handleReadyForQuery(): void {
    this.callback(null);
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}

/** Runs a binary COPY on a connection of the pool and adds its rows. */
export async function copyOut(pool: Pool, text: string, rows: CopiedRows): Promise<void> {
  const client = await pool.connect();
  const ignore = (): void => undefined;
  // A connection that is lost in the middle fails the COPY itself too.
  client.on('error', ignore);
  try {
    await new Promise<void>((resolve, reject) => {
      client.query(new CopyOut(text, rows, (error) => (error ? reject(error) : resolve())));
    });
  } catch (error) {
    client.release(true);
    throw error;
  }
  client.off('error', ignore);
  client.release();
}
