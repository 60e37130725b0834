import {
  context,
  isSpanContextValid,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { createHash } from 'node:crypto';
import { currentCorrelationId } from '../correlation.js';

export type { Attributes } from '@opentelemetry/api';

const tracerName = 'harmony';
let enabled = false;

export const enableSpans = (value: boolean): void => {
  enabled = value;
};

/**
 * Runs the work in a span; costs nothing while traces are off. The trace id is derived from the correlation id, which
 * every event, job and message carries anyway: so all work of one request is one trace, without further headers.
 */
export async function inSpan<Result>(
  name: string,
  attributes: Attributes,
  work: (span?: Span) => Promise<Result>,
): Promise<Result> {
  if (!enabled) return work();
  const span = trace.getTracer(tracerName).startSpan(name, { attributes }, parentContext());
  try {
    return await context.with(trace.setSpan(context.active(), span), () => work(span));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}

/** Undefined while traces are off and outside of a span. */
export function currentTraceId(): string | undefined {
  if (!enabled) return undefined;
  const spanContext = trace.getSpanContext(context.active());
  return spanContext && isSpanContextValid(spanContext) ? spanContext.traceId : undefined;
}

function parentContext(): Context {
  const active = context.active();
  const correlationId = currentCorrelationId();
  if (trace.getSpan(active) || correlationId === undefined) return active;
  return trace.setSpanContext(active, { ...traceOf(correlationId), traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

/** A UUID is a trace id without its hyphens; any other correlation id is hashed. */
export function traceOf(correlationId: string): { traceId: string; spanId: string } {
  const digest = createHash('sha256').update(correlationId).digest('hex');
  const plain = correlationId.replaceAll('-', '').toLowerCase();
  return { traceId: /^(?!0{32})[0-9a-f]{32}$/.test(plain) ? plain : digest.slice(0, 32), spanId: digest.slice(32, 48) };
}
