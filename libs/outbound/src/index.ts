export { AddressGuard, type AddressGuardOptions, type CheckedUrl } from './address/address-guard.js';
export { isPublicAddress } from './address/is-public-address.js';
export { parseUrl } from './address/parse-url.js';
export { resolveBySystem, type Resolve } from './address/resolve.js';
export type { OutboundRequest } from './http/exchange.js';
export { defaultLimits, type OutboundLimits } from './http/limits.js';
export type { Accepts } from './http/media-type.js';
export { OutboundClient, type OutboundAnswer, type OutboundOptions } from './http/outbound-client.js';
export { openOutbound, type Outbound } from './outbound.js';
