import { HarmonyError } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withCorrelation } from '../correlation.js';
import { createLogger, type Logger } from './logger.js';
import { nestLogger } from './nest-logger.js';

function capture(level = 'debug'): { logger: Logger; text: () => string; lines: () => Record<string, unknown>[] } {
  let text = '';
  const logger = createLogger({ level, target: 'test', destination: { write: (line) => void (text += line) } });
  const lines = (): Record<string, unknown>[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, text: () => text, lines };
}

const email = 'ada.lovelace@example.com';
const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const apiKey = `lk_${'0a'.repeat(32)}`;
const words = 'I would like to cancel my contract';

describe('a log line', () => {
  it('is one JSON object with time, level, target and the correlation id of the work at hand', async () => {
    const { logger, lines } = capture();
    await withCorrelation('request-1', async () => {
      await Promise.resolve();
      logger.child({ consumer: 'ingestion' }).info({ count: 2, position: 7n }, 'handled');
    });
    logger.warn('outside');
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'info',
        target: 'test',
        correlationId: 'request-1',
        consumer: 'ingestion',
        count: 2,
        position: '7',
        message: 'handled',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
      }),
      expect.not.objectContaining({ correlationId: expect.anything() }),
    ]);
  });

  it('keeps the correlation ids of concurrent work apart', async () => {
    const { logger, lines } = capture();
    const work = (id: string) => withCorrelation(id, () => Promise.resolve().then(() => logger.info(id)));
    await Promise.all(['a', 'b', 'c'].map(work));
    for (const line of lines()) expect(line['correlationId']).toBe(line['message']);
  });

  it('is not written below the level', () => {
    const { logger, text } = capture('warn');
    logger.info('quiet');
    expect(text()).toBe('');
  });
});

describe('no personal datum, secret or transcript appears', () => {
  it('in a message, whatever somebody wrote into it', () => {
    const { logger, text } = capture();
    logger.info(
      `sign-in of ${email} with Bearer ${token} with ${apiKey} at postgres://harmony:hunter2@127.0.0.1:5432/db`,
    );
    for (const secret of [email, token, apiKey, 'hunter2']) expect(text()).not.toContain(secret);
    expect(text()).toContain('127.0.0.1:5432');
  });

  it('in a field with a telling name, or in an object that somebody logged whole', () => {
    const { logger, text } = capture();
    logger.info({ password: 'hunter2', authorization: token, text: words, body: words, user: { email, words } }, 'x');
    for (const secret of ['hunter2', token, words, email]) expect(text()).not.toContain(secret);
  });

  it('in a request, of which method and path remain', () => {
    const { logger, text, lines } = capture();
    const request = { method: 'POST', url: `/v1/x?token=${token}`, headers: { cookie: 'hunter2' }, body: words };
    logger.info({ request }, 'x');
    expect(lines()[0]).toMatchObject({ request: { method: 'POST', path: '/v1/x' } });
    for (const secret of ['hunter2', token, words]) expect(text()).not.toContain(secret);
  });

  it('in an error: not in what a parser or a driver quotes, not in its properties, not in its stack or cause', () => {
    const { logger, text, lines } = capture();
    const parser = new SyntaxError(`Unexpected token 'I', "${words}" is not valid JSON`);
    const driver = Object.assign(new Error(`invalid input syntax for type uuid: "${email}"`, { cause: parser }), {
      code: '22P02',
      detail: `Key (email)=(${email}) already exists.`,
      parameters: [words],
    });
    logger.error({ error: new HarmonyError('INTERNAL', { cause: driver }) }, 'failed');
    for (const secret of [words, email]) expect(text()).not.toContain(secret);
    expect(lines()[0]).toMatchObject({
      error: {
        type: 'HarmonyError',
        code: 'INTERNAL',
        stack: expect.arrayContaining([expect.stringMatching(/^at /)]),
        cause: { code: '22P02', message: 'invalid input syntax for type uuid: "…"', cause: { type: 'SyntaxError' } },
      },
    });
  });

  it('in a line of Nest', () => {
    const { logger, text } = capture();
    const nest = nestLogger(logger);
    nest.error(new Error(`"${words}" ${email}`), 'stack', 'Module');
    nest.log({ text: words });
    nest.warn(`${email} is odd`, 'Module');
    for (const secret of [words, email]) expect(text()).not.toContain(secret);
  });

  it('for any address, in any place of a text or error', () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: 'small' }), fc.lorem(), (address, around) => {
        const { logger, text } = capture();
        const simple = address.replace(/[^\w.@-]/g, 'x');
        logger.info(
          { note: `${around} ${simple}`, error: new Error(`${around}: <${simple}>`) },
          `${simple}, ${around}`,
        );
        expect(text()).not.toContain(simple);
      }),
      { examples: [['-@a.aa', 'an odd name']] },
    );
  });
});
