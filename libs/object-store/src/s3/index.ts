export { type S3Options } from './s3-client.js';
export * from './s3-object-store.js';
