import { EventStoreDBClient } from '@eventstore/db-client';
import { HarmonyError } from '@harmony/contracts';

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
 * @throws HarmonyError INVALID_CONFIGURATION for a URL that the client cannot read.
 */
export function connect(url: string): Connection {
  const client = parse(url);
  // Switched off by the URL, the client would report a refused append as a success with a wrong revision.
  Object.defineProperty(client, 'throwOnAppendFailure', { value: true });
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

function parse(url: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch {
    // Without the cause: the client's message repeats the URL, and with it the password.
    const detail =
      'EVENTSTORE_URL is not a connection string of the form esdb://host:2113 or esdb+discover://host:2113.';
    throw new HarmonyError('INVALID_CONFIGURATION', { detail });
  }
}
