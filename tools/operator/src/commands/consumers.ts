import type { LogPosition } from '@harmony/event-store';
import { countBehind } from '@harmony/read-model';
import type { Operator } from '../operator.js';

export interface ConsumerStatus {
  readonly name: string;
  readonly position: LogPosition;
  /** Events between the checkpoint and the end of the log, counted up to a limit. */
  readonly behind: number;
}

/** Consumers of the store's log; those of Kafka keep their offsets there. */
export async function consumerStatus({ database, store }: Operator): Promise<ConsumerStatus[]> {
  const { rows } = await database.worker.query<{ consumer: string; major: string; minor: string }>(
    'select consumer, major, minor from messaging.checkpoints order by consumer',
  );
  return Promise.all(
    rows.map(async ({ consumer, major, minor }) => {
      const position = { major: BigInt(major), minor: BigInt(minor) };
      return { name: consumer, position, behind: await countBehind(store, position) };
    }),
  );
}
