import { describeReachable } from '@harmony/testing';
import { randomUUID } from 'node:crypto';
import { objectStoreContract } from '../contract-suite/index.js';
import { S3ObjectStore } from './s3-object-store.js';

await describeReachable('minio', 'the S3 object store', (server) => {
  objectStoreContract(async () => ({
    store: new S3ObjectStore({ ...server, bucket: `contract-${randomUUID()}` }),
    close: async () => undefined,
  }));
});
