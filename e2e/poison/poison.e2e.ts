import { streams } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { send } from '../support/api.js';
import { operator } from '../support/operator.js';
import { completed, startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';

const letterSchema = z.object({
  id: z.string(),
  state: z.string(),
  consumer: z.string(),
  key: z.string(),
  attempts: z.number(),
  causeCode: z.string(),
  causeDetail: z.string(),
  origin: z.string(),
});

describe('what a consumer cannot handle', () => {
  let harmony: RunningHarmony;
  let workspace: Workspace;
  beforeAll(async () => {
    harmony = await startHarmony();
    workspace = await harmony.workspace('Poison');
  }, 120_000);
  afterAll(() => harmony.stop());

  const submit = async (title: string): Promise<string> => {
    const { body } = await send(workspace.admin, 'POST', '/v1/conversations', {
      title,
      text: `Ann: This is ${title}.`,
    });
    return z.object({ id: z.string() }).parse(body).id;
  };
  const letters = async (): Promise<z.output<typeof letterSchema>[]> => {
    const { output } = await operator(harmony.dataDirectory, 'dead-letters', 'list', '--json');
    return z.array(letterSchema).parse(JSON.parse(output));
  };
  const statusOf = async (id: string): Promise<string> => {
    const data = await succeed(workspace.admin, 'query ($id: ID!) { conversation(id: $id) { status } }', { id });
    return z.object({ conversation: z.object({ status: z.string() }) }).parse(data).conversation.status;
  };

  it('is kept whole with its cause while an undecodable event stops nobody else', async () => {
    const victim = newId();
    const { eventStore } = harmony.running.backends;
    const undecodable = {
      id: newId(),
      type: 'ConversationSubmitted',
      version: 1,
      occurredAt: new Date().toISOString(),
      workspaceId: workspace.workspaceId,
      actor: { kind: 'SYSTEM', id: 'test' },
      correlationId: 'test',
      causationId: 'test',
      data: { conversationId: 'not an id' },
    } as const;
    await eventStore.append(streams.conversation(victim), [undecodable], 'none');

    await completed(workspace.admin, await submit('beside the poison'));
    const [letter] = await eventually(async () => {
      const found = await letters();
      expect(found).toHaveLength(1);
      return found;
    });
    expect(letter).toMatchObject({
      state: 'dead',
      consumer: 'ingestion',
      key: streams.conversation(victim),
      attempts: 1,
      causeCode: 'UNDECODABLE_EVENT',
    });
    expect(letter?.causeDetail).toContain('conversationId');

    const status = JSON.parse((await operator(harmony.dataDirectory, 'status', '--json')).output) as {
      projections: { name: string; parked: { streamId: string }[] }[];
    };
    const parked = status.projections.flatMap((projection) => projection.parked);
    expect(JSON.stringify(parked)).toContain(streams.conversation(victim));
  }, 120_000);

  it('parks its key alone when a handler fails for it every time, and is handled once after the cause is mended', async () => {
    const owner = await harmony.running.backends.database.connectOwner();
    await owner.query(
      `create function messaging.refuse() returns trigger language plpgsql as $$ begin raise exception 'broken for a test'; end $$`,
    );
    const breakFor = async (): Promise<string> => {
      await owner.query(
        'create trigger refuse before insert on messaging.inbox for each row execute function messaging.refuse()',
      );
      const id = await submit('always failing');
      await eventually(
        async () => expect((await letters()).map(({ key }) => key)).toContain(streams.conversation(id)),
        { withinMs: 60_000 },
      );
      await owner.query('drop trigger refuse on messaging.inbox');
      return id;
    };
    const failing = await breakFor();
    await completed(workspace.admin, await submit('another key'));
    expect(await statusOf(failing)).toBe('QUEUED');
    const letter = (await letters()).find(({ key }) => key === streams.conversation(failing));
    expect(letter).toMatchObject({ state: 'dead', consumer: 'ingestion' });
    expect(letter?.attempts).toBeGreaterThan(1);

    const redriven = await operator(harmony.dataDirectory, 'dead-letters', 'redrive', letter?.id ?? '');
    expect(redriven.exitCode).toBe(0);
    await completed(workspace.admin, failing);
    await eventually(async () =>
      expect((await letters()).map(({ key }) => key)).not.toContain(streams.conversation(failing)),
    );
    await owner.end();
  }, 180_000);
});
