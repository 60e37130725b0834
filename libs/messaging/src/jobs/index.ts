export { GraphileJobQueue } from './graphile-job-queue.js';
export { GraphileJobRunner, type JobRunnerOptions } from './graphile-job-runner.js';
export type { JobObserver } from './observer.js';
export { prepareJobs } from './prepare-jobs.js';
export { jobStatistics, type JobStatistics } from './statistics.js';
