import { HarmonyError } from '@harmony/contracts';
import { lookup } from 'node:dns/promises';

/** Every address of a host name, in the order of preference. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** As the system does it, its hosts file included. */
export const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address);

/** Of a name that exists nowhere, and of a resolver that does not answer. */
export const unresolved = (cause: unknown): HarmonyError =>
  new HarmonyError('URL_UNAVAILABLE', { detail: 'The host of the URL has no address right now.', cause });
