import {
  oneOf,
  optionalAddress,
  optionalText,
  optionalUrl,
  listOf,
  textOr,
  wholeNumber,
  yesOrNo,
  type Group,
} from '../variable.js';

export const database = {
  title: 'PostgreSQL',
  introduction:
    'Read models, jobs and access. Absent: a PostgreSQL of its own in the data directory, for the target `all` only.',
  variables: {
    url: {
      name: 'DATABASE_URL',
      description: 'Server, database and user; the user owns the schemas and may create roles.',
      ...optionalUrl(/^postgres(ql)?$/, 'a URL such as postgres://user:password@host:5432/harmony'),
      secret: true,
    },
    workerConnections: {
      name: 'DATABASE_WORKER_CONNECTIONS',
      description: 'Most connections of this process for appends, consumers, jobs and projections.',
      ...wholeNumber(2, 500, 20),
    },
    servingConnections: {
      name: 'DATABASE_SERVING_CONNECTIONS',
      description: 'Most connections of this process for queries of people.',
      ...wholeNumber(1, 500, 10),
    },
  },
} as const satisfies Group;

export const eventStore = {
  title: 'Event store',
  introduction: 'The system of record. Absent: the same on PostgreSQL.',
  variables: {
    url: {
      name: 'EVENTSTORE_URL',
      description: 'Connection string of EventStoreDB or KurrentDB.',
      ...optionalAddress(
        /^(esdb|kurrentdb|kurrent)(\+discover)?:\/\/\S+$/,
        'a connection string such as esdb://host:2113?tls=true',
      ),
      secret: true,
    },
  },
} as const satisfies Group;

export const kafka = {
  title: 'Kafka',
  introduction: 'Events between services and to integrators. Absent: consumers read the log of the event store itself.',
  variables: {
    brokers: {
      name: 'KAFKA_BROKERS',
      description: 'Bootstrap servers.',
      ...listOf(/^[^\s,/]+:\d{1,5}$/, 'a comma-separated list of host:port'),
    },
    clientId: {
      name: 'KAFKA_CLIENT_ID',
      description: 'Name under which the brokers know this process.',
      ...textOr('harmony', 'a name'),
    },
    topicPrefix: {
      name: 'KAFKA_TOPIC_PREFIX',
      description: 'Stands in front of every topic name, for a cluster that several installations share.',
      ...optionalText('letters, digits, dots and hyphens'),
    },
    partitions: {
      name: 'KAFKA_PARTITIONS',
      description: 'Partitions of topics that are missing; 0 where an administrator makes them.',
      ...wholeNumber(0, 1000, 6),
    },
    tls: {
      name: 'KAFKA_TLS',
      description: 'Whether to speak TLS with the brokers.',
      ...yesOrNo(false),
    },
    saslMechanism: {
      name: 'KAFKA_SASL_MECHANISM',
      description: 'How to sign in at the brokers.',
      ...oneOf(['none', 'plain', 'scram-sha-256', 'scram-sha-512'], 'none'),
    },
    username: {
      name: 'KAFKA_USERNAME',
      description: 'User for the sign-in.',
      ...optionalText('a user name'),
    },
    password: {
      name: 'KAFKA_PASSWORD',
      description: 'Password for the sign-in.',
      ...optionalText('a password'),
      secret: true,
    },
  },
} as const satisfies Group;

export const objectStore = {
  title: 'Object store',
  introduction: 'Recordings, texts and exports. Absent: the folder `objects` in the data directory.',
  variables: {
    endpoint: {
      name: 'S3_ENDPOINT',
      description: 'MinIO or any S3.',
      ...optionalUrl(/^https?$/, 'a URL such as https://minio.example.com:9000'),
    },
    publicEndpoint: {
      name: 'S3_PUBLIC_ENDPOINT',
      description: 'Where those who upload reach it, if that is another address than S3_ENDPOINT.',
      ...optionalUrl(/^https?$/, 'a URL such as https://files.example.com'),
    },
    accessKey: {
      name: 'S3_ACCESS_KEY',
      description: 'Access key; needed with S3_ENDPOINT.',
      ...optionalText('an access key'),
      secret: true,
    },
    secretKey: {
      name: 'S3_SECRET_KEY',
      description: 'Secret key; needed with S3_ENDPOINT.',
      ...optionalText('a secret key'),
      secret: true,
    },
    bucket: {
      name: 'S3_BUCKET',
      description: 'Bucket for everything; made if it is missing and the key may do so.',
      ...textOr('harmony', 'a bucket name'),
    },
    region: {
      name: 'S3_REGION',
      description: 'Region of the bucket.',
      ...textOr('us-east-1', 'a region'),
    },
  },
} as const satisfies Group;
