import { context, propagation, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { enableSpans } from './spans.js';

export interface TracingOptions {
  readonly serviceName: string;
  /** Of an OpenTelemetry collector; without it nothing is traced. */
  readonly endpoint: string | undefined;
  /** Instead of the endpoint, for tests. */
  readonly exporter?: SpanExporter;
}

/** Switches traces on for this process. The returned function flushes and switches them off. */
export async function startTracing({ serviceName, endpoint, exporter }: TracingOptions): Promise<() => Promise<void>> {
  const target = exporter ?? (endpoint === undefined ? undefined : await otlp(endpoint));
  if (!target) return async () => undefined;
  // Loaded when wanted only: a start without traces should not pay for them.
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [new BatchSpanProcessor(target)],
  });
  provider.register();
  enableSpans(true);
  return async () => {
    enableSpans(false);
    // A collector that is away must not hold up the stop, nor make it fail.
    await provider.shutdown().catch(() => undefined);
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

async function otlp(endpoint: string): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 3000 });
}
