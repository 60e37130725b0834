export * from './folder/folder-object-store.js';
export * from './multipart/index.js';
export * from './port.js';
export { type S3Options } from './s3/s3-client.js';
export * from './s3/s3-object-store.js';
