import { EventStoreDBClient } from '@eventstore/db-client';

interface Channel {
  close(): void;
}

/** Members that the client keeps for subclasses, though its factory that reads a connection string makes none. */
interface Internals {
  supports: () => Promise<boolean>;
  getChannel: () => Promise<Channel>;
}

/** A client with a connection of its own; the connection is made with the first call. */
export interface Connection {
  readonly client: EventStoreDBClient;
  /** Cancels what still runs and closes the channel, which the client's own `dispose` leaves open. */
  close(): Promise<void>;
}

/**
 * Appends through this client are one call each: the client's batched appends share one table of promises in the
 * whole process, so that one broken stream would fail every append in flight.
 * Whoever cancels calls should own the connection: the client drops the channel after a cancelled call.
 */
export function connect(url: string): Connection {
  const client = EventStoreDBClient.connectionString(url);
  const internals = client as unknown as Internals;
  internals.supports = async () => false;
  let channel: Channel | undefined;
  const { getChannel } = internals;
  internals.getChannel = async () => (channel = await getChannel());
  const close = async (): Promise<void> => {
    await client.dispose();
    channel?.close();
  };
  return { client, close };
}
