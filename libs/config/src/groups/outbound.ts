import { listOf, type Group } from '../variable.js';

export const outbound = {
  title: 'Addresses that people give',
  introduction:
    'Links to import from and other addresses that users type are only ever fetched from public hosts, on the ports 80 and 443, and never over a proxy.',
  variables: {
    allowedHosts: {
      name: 'OUTBOUND_ALLOWED_HOSTS',
      description:
        'Hosts that may be reached although they are not public, for tests: anybody who may import from a link can read what these serve.',
      ...listOf(
        /^(\[[0-9a-fA-F:.]+\]|[^\s/:@[\]]+)(:\d{1,5})?$/,
        'host or host:port, separated by commas, such as files.test or 127.0.0.1:8080',
      ),
    },
  },
} as const satisfies Group;
