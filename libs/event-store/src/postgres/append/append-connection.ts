import type { Pool, PoolClient } from 'pg';
import { ImplicitTransaction, type PreparedStep } from './implicit-transaction.js';
import { preparation } from './statements.js';

/** A connection of the pool with the statements of appends prepared; kept until it fails or the store is closed. */
export class AppendConnection {
  private constructor(readonly client: PoolClient) {}

  static async open(pool: Pool): Promise<AppendConnection> {
    const client = await pool.connect();
    // A loss in mid-append comes back from the statement; one in between from the next append.
    client.on('error', () => undefined);
    try {
      await client.query(preparation);
      return new AppendConnection(client);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** Rows of the last step. */
  run(steps: readonly PreparedStep[]): Promise<readonly (readonly (string | null)[])[]> {
    return new Promise((resolve, reject) => {
      this.client.query(new ImplicitTransaction(steps, (error, rows) => (error ? reject(error) : resolve(rows ?? []))));
    });
  }

  /** The session is not as the pool gave it, so nobody else gets it. */
  close(): void {
    this.client.release(true);
  }
}
