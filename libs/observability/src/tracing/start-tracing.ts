import { context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { enableSpans } from './spans.js';

export interface TracingOptions {
  readonly serviceName: string;
  /** Of an OpenTelemetry collector; without it nothing is traced. */
  readonly endpoint: string | undefined;
  /** Instead of the endpoint, for tests. */
  readonly exporter?: SpanExporter;
}

/** Switches traces on for this process. The returned function flushes and switches them off. */
export function startTracing({ serviceName, endpoint, exporter }: TracingOptions): () => Promise<void> {
  const target = exporter ?? (endpoint === undefined ? undefined : otlp(endpoint));
  if (!target) return async () => undefined;
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: serviceName }),
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

const otlp = (endpoint: string): SpanExporter =>
  new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 3000 });
