import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { evaluateScoresJob, type EvaluateScoresInput } from '../complete-run/evaluate-scores.js';

type RuleChange = EventOf<'GoalSet' | 'GoalRemoved' | 'ScorecardSet' | 'ScorecardRemoved'>;

/** Has everything evaluated anew when a goal or a scorecard changes. */
@Controller()
export class RulesConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('GoalSet')
  onGoalSet(@Payload() event: EventOf<'GoalSet'>, @Ctx() context: MessageContext): Promise<void> {
    return this.evaluate(event, context);
  }

  @EventPattern<EventType>('GoalRemoved')
  onGoalRemoved(@Payload() event: EventOf<'GoalRemoved'>, @Ctx() context: MessageContext): Promise<void> {
    return this.evaluate(event, context);
  }

  @EventPattern<EventType>('ScorecardSet')
  onScorecardSet(@Payload() event: EventOf<'ScorecardSet'>, @Ctx() context: MessageContext): Promise<void> {
    return this.evaluate(event, context);
  }

  @EventPattern<EventType>('ScorecardRemoved')
  onScorecardRemoved(@Payload() event: EventOf<'ScorecardRemoved'>, @Ctx() context: MessageContext): Promise<void> {
    return this.evaluate(event, context);
  }

  private async evaluate(event: RuleChange, context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, id } = event;
    const payload: EvaluateScoresInput = { projectId: event.data.projectId, cause: id };
    const job = { ...evaluateScoresJob, workspaceId, correlationId, key: id, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}
