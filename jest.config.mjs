import { availableParallelism } from 'node:os';

/** One place for the three sizes: `*.spec.ts` is pure, `*.int.spec.ts` runs on the embedded PostgreSQL, `e2e/` on the whole system. */
const common = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['harmony-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};

export default {
  // A limit for what hangs, not a measurement: the machine may be busy.
  testTimeout: 60_000,
  // Three at least: many suites wait for processes, brokers and leases more than they compute.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  // What a worker has loaded it keeps; a new one takes over before that is too much for a small machine.
  workerIdleMemoryLimit: '2GB',
  reporters: ['default', '<rootDir>/libs/testing/src/jest/count-reporter.mjs'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/{contracts,libs,services,tools}/**/*.spec.ts'],
      testPathIgnorePatterns: [...common.testPathIgnorePatterns, '\\.int\\.spec\\.ts$'],
    },
    {
      ...common,
      displayName: 'integration',
      testMatch: ['<rootDir>/{contracts,libs,services,tools}/**/*.int.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/src/jest/global-setup.mjs',
      globalTeardown: '<rootDir>/libs/testing/src/jest/global-teardown.mjs',
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/e2e/**/*.e2e.ts'],
    },
  ],
};
