import { describe, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { objectStoreContract } from '../contract-suite/index.js';
import { S3ObjectStore } from './s3-object-store.js';

const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY: accessKey = '', S3_SECRET_KEY: secretKey = '' } = process.env;

describe('the S3 object store', () => {
  if (endpoint) {
    objectStoreContract(async () => {
      const store = new S3ObjectStore({ endpoint, bucket: `contract-${randomUUID()}`, accessKey, secretKey });
      return { store, close: async () => undefined };
    });
  } else it.skip('keeps the contract (skipped: no S3_ENDPOINT)', () => undefined);
});
