import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicAddress } from './is-public-address.js';

const notPublic = {
  'this network': ['0.0.0.0', '0.1.2.3'],
  private: ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.254', '192.168.0.1', '192.168.255.255'],
  shared: ['100.64.0.1', '100.127.255.254'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  'link-local': ['169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  metadata: ['169.254.169.254', '100.100.100.200', '192.0.0.192', '168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254'],
  protocols: ['192.0.0.1', '192.88.99.1', '2001::1', '2001:10::1', '2001:20::1'],
  documentation: ['192.0.2.1', '198.51.100.7', '203.0.113.9', '2001:db8::1', '3fff::1'],
  benchmarks: ['198.18.0.1', '198.19.255.255', '2001:2::1'],
  multicast: ['224.0.0.1', '239.255.255.250', 'ff02::1'],
  reserved: ['240.0.0.1', '255.255.255.255', '::', '100::1', '4000::1', '5f00::1'],
  'unique and site local': ['fc00::1', 'fec0::1'],
  'mapped, compatible and translated': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::7f00:1', '::ffff:0:7f00:1'],
  'NAT64, 6to4 and Teredo': ['64:ff9b::7f00:1', '64:ff9b:1::a00:1', '2002:7f00:1::1', '2001:0:7f00:1::1'],
};

const bad = Object.entries(notPublic).flatMap(([range, addresses]) => addresses.map((each) => [each, range] as const));

const good = [
  ...['1.1.1.1', '8.8.8.8', '93.184.215.14', '100.63.255.255', '100.128.0.1', '172.15.255.255', '172.32.0.1'],
  ...['198.20.0.1', '223.255.255.254', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'],
];

describe('whether an address is public', () => {
  it('is told for more than 48 that are not and 11 that are', () => {
    expect(new Set(bad.map(([address]) => address)).size).toBeGreaterThanOrEqual(48);
    expect(good).toHaveLength(11);
  });

  it.each(bad)('says no to %s (%s)', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(good)('says yes to %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it('says no to an IPv4 address in every IPv6 form that carries one', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const forms = [
      (hex: string) => `::ffff:${hex}`,
      (hex: string) => `::${hex}`,
      (hex: string) => `64:ff9b::${hex}`,
      (hex: string) => `2002:${hex}::`,
    ];
    fc.assert(
      fc.property(byte, byte, byte, byte, fc.constantFrom(...forms), (a, b, c, d, form) => {
        expect(isPublicAddress(form(`${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`))).toBe(false);
      }),
    );
  });

  it('says no to whatever is no address', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(isPublicAddress(`x${text}`)).toBe(false)));
    for (const text of ['', '127.1', '0x7f.1', '8.8.8.8.', '134744072', '[2606:4700:4700::1111]', '2001:db8::1%1']) {
      expect(isPublicAddress(text)).toBe(false);
    }
  });
});
