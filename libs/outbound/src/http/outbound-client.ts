import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { AddressGuard } from '../address/address-guard.js';
import { bounded, requireSize } from '../body/bounded.js';
import { received, resumed } from '../body/received.js';
import { unpacked } from '../body/unpacked.js';
import { deadline, type Deadline } from './deadline.js';
import type { OutboundRequest } from './exchange.js';
import { failureOf } from './failures.js';
import { follow, type Answer } from './follow.js';
import { defaultLimits, type OutboundLimits } from './limits.js';
import { mediaTypeOf, requireMediaType, type Accepts } from './media-type.js';

export interface OutboundOptions {
  readonly limits?: Partial<OutboundLimits>;
  /** Of the answer; absent: any. Only the bytes can tell what something really is. */
  readonly accepts?: Accepts;
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  /** That answered at last, after redirects. */
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As the server declares it, in small letters and without parameters. */
  readonly mediaType: string | undefined;
  /** Unpacked and held to the limits. Read it or destroy it. Fails as the call itself does. */
  readonly body: Readable;
}

/**
 * HTTP to addresses that people give us: only public ones, checked before each connection (see {@link AddressGuard}),
 * within limits, over no proxy, with no cookies. Failures, all HarmonyError: INVALID_URL, URL_NOT_ALLOWED,
 * URL_NOT_ACCESSIBLE, TOO_MANY_REDIRECTS, FILE_TOO_LARGE, and URL_UNAVAILABLE for what may pass by itself.
 */
export class OutboundClient {
  constructor(
    private readonly guard: AddressGuard,
    private readonly limits: Partial<OutboundLimits> = {},
  ) {}

  /** One request and whatever the server says to it. Redirects of a POST are answers like any other. */
  send(url: string, request: OutboundRequest = {}, options: OutboundOptions = {}): Promise<OutboundAnswer> {
    const limits = this.#limitsOf(options);
    return this.#within(limits, options, async (time) => {
      const answer = await this.#ask(url, request, limits, time);
      return answerOf(answer, received(answer.message, { ...limits, ...time }), limits, options);
    });
  }

  /** A file, whole: what a cut connection left out is asked for by range where the server allows it. */
  download(url: string, options: OutboundOptions = {}): Promise<OutboundAnswer> {
    const limits = this.#limitsOf(options);
    return this.#within(limits, options, async (time) => {
      const answer = await this.#ask(url, {}, limits, time);
      const { statusCode = 0, headers } = answer.message;
      if (statusCode !== 200) throw failureOf(statusCode, headers);
      const ask = async (range: Readonly<Record<string, string>>): Promise<IncomingMessage> =>
        (await this.#ask(url, { headers: range }, limits, time)).message;
      return answerOf(answer, resumed(answer.message, { ...limits, ...time, ask }), limits, options);
    });
  }

  #ask(url: string, request: OutboundRequest, limits: OutboundLimits, { signal }: Deadline): Promise<Answer> {
    return follow(url, request, { guard: this.guard, limits, signal });
  }

  #limitsOf({ limits }: OutboundOptions): OutboundLimits {
    return { ...defaultLimits, ...this.limits, ...limits };
  }

  /** Nothing goes on once the work has failed or its body is closed. */
  async #within(
    { totalMs }: OutboundLimits,
    { signal }: OutboundOptions,
    work: (time: Deadline) => Promise<OutboundAnswer>,
  ): Promise<OutboundAnswer> {
    const time = deadline(totalMs, signal);
    try {
      const answer = await work(time);
      answer.body.once('close', time.end);
      return answer;
    } catch (error) {
      time.end();
      throw error;
    }
  }
}

function answerOf(
  { url, message: { statusCode = 0, headers } }: Answer,
  raw: AsyncIterable<Buffer>,
  { maximumBytes }: OutboundLimits,
  { accepts }: OutboundOptions,
): OutboundAnswer {
  const mediaType = mediaTypeOf(headers['content-type']);
  requireMediaType(mediaType, accepts);
  requireSize(Number(headers['content-length'] ?? 0), maximumBytes);
  const whole = unpacked(bounded(raw, maximumBytes), headers['content-encoding']);
  const body = Readable.from(bounded(whole, maximumBytes), { objectMode: false });
  return { url, status: statusCode, headers, mediaType, body };
}
