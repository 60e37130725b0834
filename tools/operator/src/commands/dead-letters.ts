import type { DeadLetter } from '@harmony/messaging';
import { exitCodes, type ExitCode, type Operator, type Voice } from '../operator.js';
import { count, json, table } from '../output/text.js';

export interface DeadLetterWish {
  readonly consumer?: string | undefined;
  readonly limit?: number | undefined;
}

/** `dead-letters list`: what consumers could not handle, and why. The messages themselves are not shown. */
export async function listDeadLetters(
  { deadLetters }: Operator,
  voice: Voice,
  wish: DeadLetterWish,
): Promise<ExitCode> {
  const letters = await deadLetters.list(given(wish));
  if (voice.json) voice.result(json(letters.map(withoutMessage)));
  else if (letters.length === 0) voice.result('There are no dead letters.');
  else voice.result(table([heading, ...letters.map(row)]));
  return exitCodes.done;
}

/** `dead-letters redrive [id…]`: asks the consumers to handle them again. */
export async function redriveDeadLetters(
  { deadLetters, by }: Operator,
  voice: Voice,
  ids: readonly string[],
  wish: DeadLetterWish,
): Promise<ExitCode> {
  const marked = await deadLetters.redrive({ ...given(wish), ...(ids.length > 0 && { ids }), by });
  if (voice.json) voice.result(json({ marked }));
  else voice.result(`${count(marked, 'dead letter')} will be handled again; what waits behind follows by itself.`);
  return exitCodes.done;
}

const given = ({ consumer, limit }: DeadLetterWish): { consumer?: string; limit?: number } => ({
  ...(consumer !== undefined && { consumer }),
  ...(limit !== undefined && { limit }),
});

const withoutMessage = ({ raw: _raw, ...letter }: DeadLetter): Omit<DeadLetter, 'raw'> => letter;

const heading = ['ID', 'STATE', 'CONSUMER', 'EVENT', 'KEY', 'ATTEMPTS', 'LAST FAILED', 'CAUSE'];

const row = (letter: DeadLetter): string[] => [
  letter.id,
  letter.state,
  letter.consumer,
  letter.eventType ?? '-',
  letter.key,
  String(letter.attempts),
  letter.lastFailedAt.toISOString(),
  `${letter.causeCode}: ${letter.causeDetail}`,
];
