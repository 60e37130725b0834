import { AnalystLifetime, analystProvider } from '@harmony/llm/service';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { CompleteRuns } from '../complete-run/complete-runs.js';
import { Conversations } from '../conversations/conversations.js';
import { EligibilityQueries } from '../eligibility/eligibility-queries.js';
import { JudgedCriteria } from '../eligibility/judged-criteria.js';
import { InsightsQueries } from '../read-model/insights-queries.js';
import { ResultHistory } from '../read-model/result-history.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Projects, Settings } from '../streams/projects.js';
import { TryDefinition } from '../trial/try-definition.js';
import { Budget } from '../usage/budget.js';
import { UsageQueries } from '../usage/usage-queries.js';
import { CheckDigest } from '../revisions/digest/check-digest.js';
import { PublishedDigests } from '../revisions/digest/published-digests.js';
import { Planner } from '../revisions/plan/planner.js';
import { PreviewRevision } from '../revisions/preview/preview-revision.js';
import { InsightsResolver } from './insights.resolver.js';
import { ResultHistoryResolver } from './result-history.resolver.js';
import { RevisionDigestResolver } from './revision-digest.resolver.js';
import { RevisionPreviewResolver } from './revision-preview.resolver.js';
import { TrialResolver } from './trial.resolver.js';
import { UsageResolver } from './usage.resolver.js';

/** What was found, and what it cost. It needs the analyst beside it. */
export const runProviders = [
  ...[Conversations, Projects, Settings, InsightsStreams, CompleteRuns, AskAnalyst, Budget],
  ...[InsightsQueries, JudgedCriteria, EligibilityQueries, UsageQueries, TryDefinition],
  ...[Planner, PreviewRevision, PublishedDigests, CheckDigest, ResultHistory],
  ...[InsightsResolver, UsageResolver, TrialResolver, RevisionPreviewResolver],
  ...[RevisionDigestResolver, ResultHistoryResolver],
];

export const analystProviders = [analystProvider, AnalystLifetime];
