import { HarmonyError } from '@harmony/contracts';

const permanentNames = new Set([
  'KafkaJSSASLAuthenticationError',
  'KafkaJSNotImplemented',
  'KafkaJSServerDoesNotSupportApiKey',
]);
const permanentTypes = /_AUTHORIZATION_FAILED$|^UNSUPPORTED_|^INVALID_(TOPIC_EXCEPTION|GROUP_ID|REPLICATION_FACTOR)$/;

/** An error with everything that it was caused by, the outermost first. */
function* chain(error: unknown): Generator<Error> {
  for (let current = error; current instanceof Error; current = current.cause) yield current;
}

const typeOf = (error: Error): string => ('type' in error && typeof error.type === 'string' ? error.type : '');

/** Whether an error of the client may pass by itself. What the client itself did not throw is a defect and may not. */
export function mayPass(error: unknown): boolean {
  const errors = [...chain(error)];
  const fromClient = errors.some(({ name }) => name.startsWith('KafkaJS'));
  return fromClient && !errors.some((one) => permanentNames.has(one.name) || permanentTypes.test(typeOf(one)));
}

const staleTypes = new Set(['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'REBALANCE_IN_PROGRESS']);

/** Whether the group has moved on, so that this member's word no longer counts. */
export const isStale = (error: unknown): boolean => [...chain(error)].some((one) => staleTypes.has(typeOf(one)));

/** The client's errors as one of the catalogue; anything else as it is. */
export function brokerError(error: unknown): unknown {
  const own = [...chain(error)].find(({ name }) => name.startsWith('KafkaJS'));
  if (error instanceof HarmonyError || !own) return error;
  return new HarmonyError('BROKER_UNAVAILABLE', { detail: `The message broker failed: ${own.message}`, cause: error });
}
