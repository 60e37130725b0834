import { oneOf, optionalText, optionalUrl, listOf, textOr, wholeNumber, type Group } from '../variable.js';

export const process = {
  title: 'Process',
  introduction: 'What this process is and where it keeps its files.',
  variables: {
    target: {
      name: 'HARMONY_TARGET',
      description: 'What to run: `all` in one process, or `gateway`, `relay` or one service in a process of its own.',
      ...textOr('all', 'all, gateway, relay or the name of a service'),
    },
    dataDirectory: {
      name: 'HARMONY_DATA_DIR',
      description: 'Folder of everything that the embedded backends keep: database, files, keys.',
      ...textOr('.harmony', 'a folder that Harmony may write to'),
    },
    environment: {
      name: 'NODE_ENV',
      description: 'In `production` the GraphQL schema cannot be explored.',
      ...oneOf(['development', 'test', 'production'], 'development'),
    },
    shutdownSeconds: {
      name: 'HARMONY_SHUTDOWN_SECONDS',
      description: 'Time for an orderly stop after SIGTERM; keep it below the grace period of the platform.',
      ...wholeNumber(1, 300, 20),
    },
    drainSeconds: {
      name: 'HARMONY_DRAIN_SECONDS',
      description:
        'How long the HTTP port keeps serving after SIGTERM, while readiness says 503, so that a load balancer can look elsewhere.',
      ...wholeNumber(0, 120, 0),
      usedBy: ['all', 'gateway'],
    },
  },
} as const satisfies Group;

export const http = {
  title: 'HTTP',
  introduction: 'Where the process listens: the API in `all` and `gateway`, health and metrics in every process.',
  variables: {
    host: {
      name: 'HARMONY_HOST',
      description: 'Address to listen on; `0.0.0.0` inside a container.',
      ...textOr('127.0.0.1', 'an IP address or host name of this machine'),
    },
    port: {
      name: 'HARMONY_PORT',
      description: 'Port to listen on; 0 takes any free one.',
      ...wholeNumber(0, 65535, 3000),
    },
    publicUrl: {
      name: 'HARMONY_PUBLIC_URL',
      description: 'Address under which people reach the API, for links. Absent: links are paths without a host.',
      ...optionalUrl(/^https?$/, 'a URL such as https://harmony.example.com'),
      usedBy: ['all', 'gateway', 'worker'],
    },
    allowedOrigins: {
      name: 'HARMONY_ALLOWED_ORIGINS',
      description: 'Origins of web pages that may use the API from a browser, beside the public address.',
      ...listOf(/^https?:\/\/[^/\s]+$/, 'a comma-separated list such as https://app.example.com'),
      usedBy: ['all', 'gateway'],
    },
  },
} as const satisfies Group;

export const observability = {
  title: 'Logs and traces',
  introduction: 'Logs are JSON lines on standard error. They hold no transcript, no secret and no personal datum.',
  variables: {
    logLevel: {
      name: 'LOG_LEVEL',
      description: 'The least important lines that are written.',
      ...oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'),
    },
    tracesEndpoint: {
      name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      description: 'OpenTelemetry collector that takes OTLP over HTTP. Absent: no traces.',
      ...optionalUrl(/^https?$/, 'a URL such as http://collector:4318'),
    },
    serviceName: {
      name: 'OTEL_SERVICE_NAME',
      description: 'Name in traces. Absent: `harmony-` and the target.',
      ...optionalText('a name'),
    },
  },
} as const satisfies Group;
