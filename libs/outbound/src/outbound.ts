import { AddressGuard, type AddressGuardOptions } from './address/address-guard.js';
import { OutboundClient } from './http/outbound-client.js';

/** What a process needs for addresses that people give. */
export interface Outbound {
  /** To refuse an address when it is given; the client checks it again each time it is used. */
  readonly guard: AddressGuard;
  readonly client: OutboundClient;
}

export function openOutbound(options: AddressGuardOptions): Outbound {
  const guard = new AddressGuard(options);
  return { guard, client: new OutboundClient(guard) };
}
