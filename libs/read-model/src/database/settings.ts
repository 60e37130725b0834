/** Groups of connections: what they may do and how long. */
export const workerRole = 'harmony_worker';
export const servingRole = 'harmony_serving';

export interface ConnectionLimits {
  readonly statementMs: number;
  /** Of a whole transaction, PostgreSQL 17 and later: a long write transaction stalls every reader of the log. */
  readonly transactionMs: number;
  readonly idleInTransactionMs: number;
  readonly lockMs: number;
}

export const workerLimits: ConnectionLimits = {
  statementMs: 30_000,
  transactionMs: 30_000,
  idleInTransactionMs: 10_000,
  lockMs: 10_000,
};

export const servingLimits: ConnectionLimits = {
  statementMs: 10_000,
  transactionMs: 15_000,
  idleInTransactionMs: 5_000,
  lockMs: 5_000,
};

/** Migrations and index builds take their time, one of them at once; 0 means no limit. */
export const ownerLimits: ConnectionLimits = {
  statementMs: 0,
  transactionMs: 15 * 60_000,
  idleInTransactionMs: 60_000,
  lockMs: 30_000,
};

/**
 * The `options` of a connection. Limits stand here and not on the roles, because Postgres applies a role's settings
 * only to the role that signs in.
 */
export function connectionOptions(limits: ConnectionLimits, serverVersion: number, role?: string): string {
  const settings = {
    ...(role ? { role } : {}),
    statement_timeout: limits.statementMs,
    ...(serverVersion >= 170_000 ? { transaction_timeout: limits.transactionMs } : {}),
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    lock_timeout: limits.lockMs,
    TimeZone: 'UTC',
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}
