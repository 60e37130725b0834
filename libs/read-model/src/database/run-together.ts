import type { ClientBase, Connection, Submittable } from 'pg';
import { nameOf } from './prepared.js';

/** A value in Postgres's text form, or something that `String` gives it. */
export type Parameter = string | number | bigint | null;

export interface Statement {
  readonly text: string;
  readonly values?: readonly Parameter[];
  /** Parsed once a connection, and planned for any values after a few: for statements that have one good plan only. */
  readonly prepare?: true;
}

export interface Outcome {
  /** Each value in text form. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Rows that were found or changed. */
  readonly count: number;
}

/**
 * Runs statements one after the other in one round trip; the first that fails is the last. Without a `begin` among them
 * or before them they are one transaction.
 * @throws what the driver throws.
 */
export const runTogether = (client: ClientBase, statements: readonly Statement[]): Promise<readonly Outcome[]> =>
  new Promise((resolve, reject) => {
    client.query(new Together(statements, (error, outcomes) => (error ? reject(error) : resolve(outcomes ?? []))));
  });

/** What each connection has prepared here; the driver's own names are others. */
const preparedOn = new WeakMap<Connection, Set<string>>();

class Together implements Submittable {
  private readonly outcomes: Outcome[] = [];
  private readonly added: string[] = [];
  private rows: (string | null)[][] = [];
  private prepared: Set<string> | undefined;

  /** @param callback is called by the driver as well when it gives up waiting. */
  constructor(
    private readonly statements: readonly Statement[],
    public callback: (error: Error | null, outcomes?: readonly Outcome[]) => void,
  ) {}

  submit(connection: Connection): void {
    this.prepared = preparedOn.get(connection) ?? new Set();
    preparedOn.set(connection, this.prepared);
    connection.stream.cork();
    for (const { text, values = [], prepare } of this.statements) {
      const name = prepare ? nameOf(text) : undefined;
      const statement = name ? `together ${name}` : '';
      this.parse(connection, statement, text);
      const texts = values.map((value) => (value === null ? null : String(value)));
      connection.bind({ statement, values: texts }, true);
      connection.execute({}, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow({ fields }: { readonly fields: (string | null)[] }): void {
    this.rows.push(fields);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.outcomes.push({ rows: this.rows, count: Number(/\d+$/.exec(text)?.[0] ?? 0) });
    this.rows = [];
  }

  handleReadyForQuery(): void {
    for (const name of this.added) this.prepared?.add(name);
    this.callback(null, this.outcomes);
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  private parse(connection: Connection, name: string, text: string): void {
    if (name !== '') {
      if (this.prepared?.has(name) || this.added.includes(name)) return;
      this.added.push(name);
      // One of a round that failed may be there; to close one that is not does no harm.
      connection.close({ type: 'S', name }, true);
    }
    connection.parse({ name, text, types: [] }, true);
  }
}
