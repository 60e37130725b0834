import type { Meeting } from '@harmony/testing';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from } from 'pg-copy-streams';
import { assertSame } from '../harness/bench.js';

/** As the text format of COPY has it. */
const escaped = (text: string): string =>
  text.replace(/[\\\n\r\t]/gu, (sign) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[sign] ?? sign);

function* rowsOf(meetings: readonly Meeting[]): Generator<string> {
  for (const { key, turns } of meetings) {
    const lines = turns.map(({ participantId, text }, index) => [key, index, participantId, escaped(text)].join('\t'));
    yield `${lines.join('\n')}\n`;
  }
}

/** Writes every turn as a row of a new table with one COPY that is durable at its end. @returns turns a second. */
export async function copyTurns(pool: Pool, meetings: readonly Meeting[]): Promise<number> {
  await pool.query(
    `drop table if exists turns;
     create table turns (meeting text, index integer, speaker text, text text, primary key (meeting, index))`,
  );
  const client = await pool.connect();
  const start = performance.now();
  await pipeline(Readable.from(rowsOf(meetings)), client.query(from('copy turns from stdin')));
  const seconds = (performance.now() - start) / 1000;
  client.release();
  const { rows } = await pool.query<{ count: number }>('select count(*)::integer as count from turns');
  const turns = meetings.reduce((sum, meeting) => sum + meeting.turns.length, 0);
  assertSame('rows of COPY', rows[0]?.count, turns);
  return turns / seconds;
}
