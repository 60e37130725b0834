/** Where the server is and how to ask it. */
export interface OpenAiOptions {
  /** Up to and with the version, for instance `https://speech.example.com/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly model: string;
  /** ISO 639-1; absent: the server finds out. */
  readonly language?: string | undefined;
  /** Of one request, from the first byte sent to the last one received. */
  readonly timeoutMs: number;
  /** Of a file, as the server limits it. */
  readonly maximumUploadBytes: number;
  /** Pauses between tries; for tests. */
  readonly backoff?: { readonly firstMs: number; readonly maximumMs: number };
}
