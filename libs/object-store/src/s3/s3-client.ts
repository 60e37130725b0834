import { Client } from 'minio';
import http from 'node:http';
import https from 'node:https';

export interface S3Options {
  /** For instance `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  /** Where senders of parts reach the store, if that is another address than ours. */
  readonly publicEndpoint?: string | undefined;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region?: string;
  /** A connection on which nothing moves for so long is given up. */
  readonly idleTimeoutMs?: number;
}

/** One part as S3 lists it. */
export interface S3Part {
  readonly part: number;
  readonly size: number;
  readonly etag: string;
}

/** The library keeps the list of parts to itself. */
export class S3Client extends Client {
  partsOf(bucket: string, key: string, uploadId: string): Promise<S3Part[]> {
    return this.listParts(bucket, key, uploadId);
  }
}

/** The client waits for ever by itself, and prints its own retries; both are the caller's business here. */
export function createS3Client({ endpoint, accessKey, secretKey, region, idleTimeoutMs }: S3Options): S3Client {
  const url = new URL(endpoint);
  return new S3Client({
    endPoint: url.hostname,
    port: url.port ? Number(url.port) : isSecure(url) ? 443 : 80,
    useSSL: isSecure(url),
    accessKey,
    secretKey,
    region: region ?? 'us-east-1',
    transport: { request: requestWithTimeout(url, idleTimeoutMs) as typeof http.request },
    retryOptions: { disableRetry: true },
  });
}

const isSecure = (url: URL): boolean => url.protocol === 'https:';

type Request = (
  options: https.RequestOptions,
  onResponse?: (response: http.IncomingMessage) => void,
) => http.ClientRequest;

/** Requests to the protocol of the address, given up when nothing moves for the time. */
export function requestWithTimeout(url: URL, idleTimeoutMs = 30_000): Request {
  const protocol = isSecure(url) ? https : http;
  return (options, onResponse) => {
    const request = protocol.request({ ...options, timeout: idleTimeoutMs }, onResponse);
    request.on('timeout', () =>
      request.destroy(Object.assign(new Error('The object store stopped answering.'), { code: 'ETIMEDOUT' })),
    );
    return request;
  };
}
