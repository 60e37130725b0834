import type { Provider } from '@nestjs/common';
import { PlanRevisionJob } from './plan-revision.job.js';
import { PlanWriter } from './plan-writer.js';
import { Planner } from './planner.js';
import { RevisionPlanStreams } from './revision-plan-streams.js';
import { RevisionStreams } from './revision-streams.js';

/** What plans revisions. It needs what runs definitions beside it. */
export const planWorkers: Provider[] = [Planner, PlanWriter, RevisionStreams, RevisionPlanStreams, PlanRevisionJob];
