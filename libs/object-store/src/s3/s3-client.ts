import { Client } from 'minio';
import http from 'node:http';
import https from 'node:https';

export interface S3Options {
  /** For instance `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region?: string;
  /** A connection on which nothing moves for so long is given up. */
  readonly idleTimeoutMs?: number;
}

/** The client waits for ever by itself, and prints its own retries; both are the caller's business here. */
export function createS3Client({ endpoint, accessKey, secretKey, region, idleTimeoutMs = 30_000 }: S3Options): Client {
  const url = new URL(endpoint);
  const secure = url.protocol === 'https:';
  return new Client({
    endPoint: url.hostname,
    port: url.port ? Number(url.port) : secure ? 443 : 80,
    useSSL: secure,
    accessKey,
    secretKey,
    region: region ?? 'us-east-1',
    transport: { request: requestWithTimeout(secure ? https : http, idleTimeoutMs) as typeof http.request },
    retryOptions: { disableRetry: true },
  });
}

function requestWithTimeout(protocol: typeof http | typeof https, idleTimeoutMs: number) {
  return (options: https.RequestOptions, onResponse?: (response: http.IncomingMessage) => void): http.ClientRequest => {
    const request = protocol.request({ ...options, timeout: idleTimeoutMs }, onResponse);
    request.on('timeout', () =>
      request.destroy(Object.assign(new Error('The object store stopped answering.'), { code: 'ETIMEDOUT' })),
    );
    return request;
  };
}
