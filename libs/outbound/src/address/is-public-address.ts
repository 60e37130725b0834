import ipaddr from 'ipaddr.js';

/** Public by its number, but it answers with the secrets of the machine on one large cloud. */
const metadataServices = new Set(['168.63.129.16']);

/** All that is handed out for use on the internet; what is special inside of it has a range of its own. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether the address can only be reached over the internet: not private, loopback, link-local, shared, multicast,
 * reserved, for documentation, nor a tunnel or a translation that may end at such an address.
 * Takes the usual forms alone; anything else is not public.
 */
export function isPublicAddress(text: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return ipaddr.IPv4.parse(text).range() === 'unicast' && !metadataServices.has(text);
  }
  if (!ipaddr.IPv6.isValid(text)) return false;
  const address = ipaddr.IPv6.parse(text);
  return address.zoneId === undefined && address.range() === 'unicast' && address.match(globalUnicast);
}
