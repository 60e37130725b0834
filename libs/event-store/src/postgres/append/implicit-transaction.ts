import type { Connection, Submittable } from 'pg';

/** A statement that the connection has prepared, and its parameters in Postgres's text form. */
export interface PreparedStep {
  readonly statement: string;
  readonly values: string[];
}

/**
 * Runs prepared statements in one round trip and one transaction: what comes before a Sync message belongs together
 * (PostgreSQL manual, "Extended Query"), while each statement sees what was committed before it began. That gives a lock
 * and then a write without a function around them, which would cost as much as the write.
 *
 * The callback gets the rows of the last statement, each value in text form.
 */
export class ImplicitTransaction implements Submittable {
  private rows: (string | null)[][] = [];
  private completed = 0;

  /** @param callback is called by the driver as well when it gives up waiting. */
  constructor(
    private readonly steps: readonly PreparedStep[],
    public callback: (error: Error | null, rows?: readonly (readonly (string | null)[])[]) => void,
  ) {}

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const { statement, values } of this.steps) {
      connection.bind({ statement, values }, true);
      connection.execute({}, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow({ fields }: { readonly fields: (string | null)[] }): void {
    if (this.completed === this.steps.length - 1) this.rows.push(fields);
  }

  handleCommandComplete(): void {
    this.completed += 1;
  }

  handleReadyForQuery(): void {
    this.callback(null, this.rows);
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}
