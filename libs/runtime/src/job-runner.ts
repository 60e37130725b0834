import { SetMetadata } from '@nestjs/common';

export const JOB_RUNNER = 'harmony:job-runner';

/** Marks a provider that implements `JobDefinition`, so that the worker's job runner finds it. */
export const JobRunner = (): ClassDecorator => SetMetadata(JOB_RUNNER, true);
