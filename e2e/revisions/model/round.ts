import { conversationStatuses, isTerminal } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { z } from 'zod';
import { send, type Access } from '../../support/api.js';
import { createProject, type SampleProject } from '../../support/projects.js';
import { succeed } from '../../support/running-harmony.js';
import { revisionOf } from '../revision-api.js';
import type { Figures } from './oracle.js';
import { questionOf, textOf, type ModelStandIn } from '../stand-in.js';

const patiently = { withinMs: 180_000 };

const cardSchema = z.object({
  definitionId: z.string(),
  counts: z.object({ asked: z.number(), failed: z.number() }),
  ...{ yes: z.number(), no: z.number() },
});

/** A Harmony as a customer's program sees it, and the model behind it. */
export interface Scene {
  readonly access: Access;
  readonly model: ModelStandIn;
}

/** A project of its own, and what was made in it. */
export class Round<Where extends Scene = Scene> {
  readonly conversationIds: string[] = [];
  readonly revisionIds: string[] = [];

  private constructor(
    readonly system: Where,
    readonly number: number,
    private readonly project: SampleProject,
  ) {}

  static async start<Where extends Scene>(system: Where, number: number, definitions: number): Promise<Round<Where>> {
    const asked = Array.from({ length: definitions }, (_, index) => ({
      title: `Point ${index}`,
      question: questionOf(index, 0),
    }));
    return new Round(system, number, await createProject(system.access, asked, `Team ${number}`));
  }

  get access(): Access {
    return this.system.access;
  }

  get projectId(): string {
    return this.project.id;
  }

  definitionId(index: number): string {
    return this.project.definitionIds[index] ?? '';
  }

  definitionIndex(id: string): number {
    return this.project.definitionIds.indexOf(id);
  }

  async ingest(): Promise<void> {
    await this.submit();
    await this.ended();
  }

  /** Its own way begins, and goes on by itself. */
  readonly submit = async (): Promise<void> => {
    const text = textOf(this.number, this.conversationIds.length);
    const { body } = await send(this.access, 'POST', '/v1/conversations', { text, teamId: this.project.teamId });
    const { id } = z.object({ id: z.string() }).parse(body);
    this.conversationIds.push(id);
  };

  /** Waits until a conversation has come to its end; the last one unless told. */
  async ended(id = this.conversationIds.at(-1) ?? ''): Promise<void> {
    await eventually(async () => {
      const data = await succeed(this.access, 'query ($id: ID!) { conversation(id: $id) { status } }', { id });
      const { status } = z.object({ status: z.enum(conversationStatuses) }).parse(data['conversation']);
      if (!isTerminal(status)) throw new Error(`The conversation is still ${status}.`);
    }, patiently);
  }

  async runAgain(conversation: number): Promise<void> {
    const id = this.conversationIds[conversation] ?? '';
    await succeed(this.access, 'mutation ($id: ID!) { retryConversation(id: $id, fromStage: INSIGHTS) { id } }', {
      id,
    });
    await this.ended(id);
  }

  async delete(conversation: number): Promise<void> {
    const id = this.conversationIds[conversation];
    await succeed(this.access, 'mutation ($id: ID!) { deleteConversation(id: $id) }', { id });
  }

  async reword(definition: number, wording: number): Promise<void> {
    const mutation = `mutation ($projectId: ID!, $definitionId: ID!, $input: ChangeDefinitionInput!) {
      changeDefinition(projectId: $projectId, definitionId: $definitionId, input: $input) { change } }`;
    const definitionId = this.definitionId(definition);
    const input = { question: questionOf(definition, wording) };
    await succeed(this.access, mutation, { projectId: this.projectId, definitionId, input });
  }

  async setActive(definition: number, isActive: boolean): Promise<void> {
    const mutation = `mutation ($projectId: ID!, $definitionId: ID!, $isActive: Boolean!) {
      setDefinitionActive(projectId: $projectId, definitionId: $definitionId, isActive: $isActive) { id } }`;
    const definitionId = this.definitionId(definition);
    await succeed(this.access, mutation, { projectId: this.projectId, definitionId, isActive });
  }

  /** Waits until a revision has come to its end. */
  async processed(revision: number): Promise<void> {
    await eventually(async () => {
      const { outcome } = await revisionOf(this.access, this.revisionIds[revision] ?? '');
      if (outcome === 'PROCESSING') throw new Error(`Revision ${revision} is still processing.`);
    }, patiently);
  }

  /** Of what is in force, or of one revision, in the order of the definitions. */
  async report(revision?: number): Promise<Figures[]> {
    const query = `query ($projectId: ID!, $revisionId: ID) {
      projectReport(projectId: $projectId, revisionId: $revisionId) {
        cards { definitionId counts { asked failed } ... on YesNoCard { yes no } } } }`;
    const revisionId = revision === undefined ? undefined : this.revisionIds[revision];
    const data = await succeed(this.access, query, { projectId: this.projectId, revisionId });
    const { cards } = z.object({ cards: z.array(cardSchema) }).parse(data['projectReport']);
    return cards.map(({ definitionId, counts, yes, no }) => ({
      definition: this.definitionIndex(definitionId),
      ...{ asked: counts.asked, failed: counts.failed, yes, no },
    }));
  }
}
