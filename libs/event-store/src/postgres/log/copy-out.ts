import type { Connection, Pool, Submittable } from 'pg';

/** Bytes before the first row: signature, flags and the length of the header's extension (PostgreSQL manual, COPY). */
const headerBytes = 19;

/**
 * One `copy … to stdout (format binary)`, handed on row by row while it arrives. A stream of chunks would cost another
 * copy of every byte, and rows of a query several times as much.
 */
class CopyOut implements Submittable {
  private atHeader = true;
  private failure: unknown;

  /** @param callback is called by the driver as well when it gives up waiting. */
  constructor(
    private readonly text: string,
    private readonly onRow: (message: Buffer, offset: number) => void,
    public callback: (error: unknown) => void,
  ) {}

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  /** Each message is one row; the first one follows the header, and a count of columns below zero is the end. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const offset = this.atHeader ? headerBytes : 0;
    this.atHeader = false;
    if (this.failure !== undefined || chunk.length <= offset || chunk.readInt16BE(offset) < 0) return;
    try {
      this.onRow(chunk, offset + 2);
    } catch (error) {
      this.failure = error;
    }
  }

  handleCommandComplete(): void {
    // The connection is ready only after the message that follows.
  }

  handleReadyForQuery(): void {
    this.callback(this.failure);
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}

/**
 * Runs a binary COPY on a connection of the pool.
 * @param onRow gets a message and the place in it where the first field of a row begins; neither may be kept.
 */
export async function copyOut(
  pool: Pool,
  text: string,
  onRow: (message: Buffer, offset: number) => void,
): Promise<void> {
  const client = await pool.connect();
  const ignore = (): void => undefined;
  // A connection that is lost in the middle fails the COPY itself too.
  client.on('error', ignore);
  try {
    await new Promise<void>((resolve, reject) => {
      client.query(new CopyOut(text, onRow, (error) => (error === undefined ? resolve() : reject(error as Error))));
    });
  } catch (error) {
    client.release(true);
    throw error;
  }
  client.off('error', ignore);
  client.release();
}
