import { afterEach, describe, expect, it } from '@jest/globals';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { randomUUID } from 'node:crypto';
import { withCorrelation } from '../correlation.js';
import { currentTraceId, inSpan } from './spans.js';
import { startTracing } from './start-tracing.js';

describe('traces', () => {
  let stop = async (): Promise<void> => undefined;
  afterEach(() => stop());

  const record = async (): Promise<() => Promise<ReturnType<InMemorySpanExporter['getFinishedSpans']>>> => {
    const exporter = new InMemorySpanExporter();
    const kept: ReturnType<InMemorySpanExporter['getFinishedSpans']> = [];
    // A shutdown empties the exporter after it flushed.
    const shutdown = exporter.shutdown.bind(exporter);
    exporter.shutdown = () => {
      kept.push(...exporter.getFinishedSpans());
      return shutdown();
    };
    stop = await startTracing({ serviceName: 'test', endpoint: undefined, exporter });
    return async () => {
      await stop();
      return kept;
    };
  };

  it('are off unless an endpoint is set, and then cost no span', async () => {
    stop = await startTracing({ serviceName: 'test', endpoint: undefined });
    await inSpan('work', {}, async (span) => expect(span).toBeUndefined());
    expect(currentTraceId()).toBeUndefined();
  });

  it('join all work of one correlation id, in whatever process it happens, into one trace', async () => {
    const spans = await record();
    const correlationId = randomUUID();
    const work = (name: string): Promise<void> =>
      withCorrelation(correlationId, () => inSpan(name, {}, async () => {}));
    await work('request');
    await work('handler');
    const traceIds = (await spans()).map((span) => span.spanContext().traceId);
    expect(traceIds).toEqual([correlationId.replaceAll('-', ''), correlationId.replaceAll('-', '')]);
  });

  it('nest, keep other correlations apart, and show a failure by its type without its message', async () => {
    const spans = await record();
    const failing = withCorrelation('not a uuid', () =>
      inSpan('outer', {}, () => inSpan('inner', {}, () => Promise.reject(new TypeError('ada@example.com')))),
    );
    await expect(failing).rejects.toThrow(TypeError);
    const [inner, outer] = await spans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(inner?.attributes).toEqual({ 'error.type': 'TypeError' });
    expect(JSON.stringify([inner?.status, inner?.events])).not.toContain('ada');
  });
});
