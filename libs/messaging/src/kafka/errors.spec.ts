import { HarmonyError } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { brokerError, isStale, mayPass } from './errors.js';

const clientError = (name: string, type?: string, cause?: unknown): Error =>
  Object.assign(new Error('the client says why', { cause }), { name, ...(type && { type }) });

describe('errors of the Kafka client', () => {
  it.each([
    clientError('KafkaJSConnectionError'),
    clientError('KafkaJSNumberOfRetriesExceeded', undefined, clientError('KafkaJSRequestTimeoutError')),
    clientError('KafkaJSProtocolError', 'UNKNOWN_TOPIC_OR_PARTITION'),
    clientError('KafkaJSGroupCoordinatorNotFound'),
  ])('may pass: $name $type', (error) => {
    expect(mayPass(error)).toBe(true);
    expect(brokerError(error)).toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  });

  it.each([
    clientError('KafkaJSSASLAuthenticationError'),
    clientError('KafkaJSProtocolError', 'TOPIC_AUTHORIZATION_FAILED'),
    clientError(
      'KafkaJSNonRetriableError',
      undefined,
      clientError('KafkaJSProtocolError', 'GROUP_AUTHORIZATION_FAILED'),
    ),
    clientError('KafkaJSServerDoesNotSupportApiKey'),
  ])('never pass: $name $type', (error) => expect(mayPass(error)).toBe(false));

  it('leave defects and errors of the catalogue as they are', () => {
    for (const error of [new TypeError('a defect'), new HarmonyError('STREAM_DELETED')]) {
      expect(mayPass(error)).toBe(false);
      expect(brokerError(error)).toBe(error);
    }
  });

  it('tell a member that the group has moved on', () => {
    const moved = clientError('KafkaJSProtocolError', 'ILLEGAL_GENERATION');
    expect(isStale(clientError('KafkaJSNumberOfRetriesExceeded', undefined, moved))).toBe(true);
    expect(isStale(clientError('KafkaJSConnectionError'))).toBe(false);
  });
});
