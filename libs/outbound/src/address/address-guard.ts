import { HarmonyError } from '@harmony/contracts';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './is-public-address.js';
import { parseUrl, requireWebUrl } from './parse-url.js';
import { resolveBySystem, unresolved, type Resolve } from './resolve.js';
import { within } from '../within.js';

export interface AddressGuardOptions {
  /** `host` or `host:port` of servers that may be reached although they are not public; for tests. None by default. */
  readonly allowedHosts?: readonly string[];
  /** Absent: 80 and 443. */
  readonly ports?: readonly number[];
  readonly resolve?: Resolve;
  readonly isPublic?: (address: string) => boolean;
  readonly resolveWithinMs?: number;
}

/** An address that was checked. Connect to it with `lookup` and by no other way, or the check is worth nothing. */
export interface CheckedUrl {
  readonly url: URL;
  /** Of the host, at the time of the check. */
  readonly addresses: readonly string[];
  /** Gives the checked addresses instead of asking the name server again, which may answer differently then. */
  readonly lookup: LookupFunction;
}

/** By RFC 6761, whatever a name server says. */
const thisMachine = /(^|\.)localhost\.?$/;

const webPorts = [80, 443];
const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Decides which addresses the server may connect to for people who can type any. */
export class AddressGuard {
  readonly #allowedHosts: ReadonlySet<string>;
  readonly #ports: readonly number[];
  readonly #resolve: Resolve;
  readonly #isPublic: (address: string) => boolean;
  readonly #resolveWithinMs: number;

  constructor(options: AddressGuardOptions = {}) {
    this.#allowedHosts = new Set(options.allowedHosts?.map((host) => host.toLowerCase()));
    this.#ports = options.ports ?? webPorts;
    this.#resolve = options.resolve ?? resolveBySystem;
    this.#isPublic = options.isPublic ?? isPublicAddress;
    this.#resolveWithinMs = options.resolveWithinMs ?? 5_000;
  }

  /**
   * Resolves the host once. A single address of it that is not public is enough for a refusal.
   * @throws HarmonyError INVALID_URL, URL_NOT_ALLOWED, and URL_UNAVAILABLE where the host has no address right now
   */
  async check(address: string | URL): Promise<CheckedUrl> {
    const url = typeof address === 'string' ? parseUrl(address) : requireWebUrl(address);
    const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = Number(url.port) || defaultPorts[url.protocol] || 0;
    const isTestHost = this.#allowedHosts.has(url.hostname) || this.#allowedHosts.has(`${url.hostname}:${port}`);
    const mayBeResolved = isTestHost || (this.#ports.includes(port) && !thisMachine.test(hostname));
    if (!mayBeResolved) throw new HarmonyError('URL_NOT_ALLOWED');
    const addresses = isIP(hostname) === 0 ? await this.#addressesOf(hostname) : [hostname];
    if (!isTestHost && !addresses.every(this.#isPublic)) throw new HarmonyError('URL_NOT_ALLOWED');
    return { url, addresses, lookup: lookupOf(addresses) };
  }

  async #addressesOf(hostname: string): Promise<readonly string[]> {
    const addresses = await within(this.#resolveWithinMs, this.#resolve(hostname)).catch((error: unknown) => {
      throw unresolved(error);
    });
    if (addresses.length === 0) throw unresolved(undefined);
    return addresses;
  }
}

function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, done) => {
    if (options.all) done(null, all);
    else done(null, all[0]?.address ?? '', all[0]?.family);
  };
}
