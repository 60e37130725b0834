import type { JobContext, JobDefinition } from '@harmony/messaging';
import { currentCorrelationId } from '@harmony/observability';
import { describe, expect, it } from '@jest/globals';
import { Injectable, Module, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { z } from 'zod';
import { JobRunner } from '../job-runner.js';
import { findJobs } from './find-jobs.js';

const written: unknown[] = [];

@Injectable()
@JobRunner()
class WriteLetter implements JobDefinition<string> {
  readonly name = 'post.write-letter';
  readonly payload = z.string();
  readonly attempts = 1;
  readonly timeLimitMs = 1000;
  readonly isLong = true;

  async run(text: string): Promise<void> {
    written.push([text, currentCorrelationId()]);
  }
}

@Injectable()
@JobRunner()
class NoJob {}

async function jobsOf(provider: Type<unknown>, service: string): Promise<ReturnType<typeof findJobs>> {
  @Module({ imports: [DiscoveryModule], providers: [provider] })
  class Worker {}
  const container = await NestFactory.createApplicationContext(Worker, { logger: false });
  return findJobs(container, service);
}

describe('the jobs of a worker', () => {
  it('are its marked providers, and run with the correlation id of what asked for them', async () => {
    const [job] = await jobsOf(WriteLetter, 'post');
    expect(job).toMatchObject({ name: 'post.write-letter', attempts: 1, timeLimitMs: 1000, isLong: true });
    const context: JobContext = {
      workspaceId: 'w',
      correlationId: 'request-1',
      attempt: 1,
      lastAttempt: true,
      signal: new AbortController().signal,
    };
    await job?.run('Dear Ada', context);
    expect(written).toEqual([['Dear Ada', 'request-1']]);
  });

  it('are none of its other providers', async () => {
    expect(await jobsOf(class Plain {}, 'post')).toEqual([]);
  });

  it('stop the start when they are wired wrongly', async () => {
    await expect(jobsOf(NoJob, 'post')).rejects.toThrow('NoJob is marked as a job runner and is none.');
    await expect(jobsOf(WriteLetter, 'bank')).rejects.toThrow('must be called bank.<something>');
  });
});
