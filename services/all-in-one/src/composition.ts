import type { Composition } from '@harmony/runtime';
import { gatewayMigrations, openGateway } from '@harmony/service-gateway';
import { descriptors } from './descriptors.js';

/** Harmony whole: what any process is started from, whichever part of it the process then runs. */
export const composition: Composition = {
  services: descriptors,
  schemas: [gatewayMigrations],
  gateway: openGateway,
};
