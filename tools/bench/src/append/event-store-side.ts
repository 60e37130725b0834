import { PostgresEventStore } from '@harmony/event-store';
import type { AppendSide } from './measure.js';

export function eventStoreSide(url: string): AppendSide {
  const store = PostgresEventStore.open({ connectionString: url });
  return {
    name: 'EventStore.append',
    table: 'event_store.events',
    stream: 'stream_id',
    revision: 'revision',
    append: (_caller, stream, revision, event) => store.append(stream, [event], revision === 0 ? 'none' : revision - 1),
    close: () => store.close(),
  };
}
