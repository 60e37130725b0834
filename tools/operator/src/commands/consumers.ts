import type { LogPosition } from '@harmony/event-store';
import type { Database } from '@harmony/read-model';

export interface ConsumerStatus {
  readonly name: string;
  readonly position: LogPosition;
  /** Sequence numbers of the log between the checkpoint and the end of the log. */
  readonly behind: number;
}

/** Consumers of the store's log; those of Kafka keep their offsets there. */
export async function consumerStatus(database: Database['worker'], head: LogPosition): Promise<ConsumerStatus[]> {
  const { rows } = await database.query<{ consumer: string; major: string; minor: string }>(
    'select consumer, major, minor from messaging.checkpoints order by consumer',
  );
  return rows.map(({ consumer, major, minor }) => ({
    name: consumer,
    position: { major: BigInt(major), minor: BigInt(minor) },
    behind: Math.max(0, Number(head.minor - BigInt(minor))),
  }));
}
