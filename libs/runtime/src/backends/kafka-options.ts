import type { Configuration } from '@harmony/config';
import { HarmonyError } from '@harmony/contracts';
import type { KafkaOptions } from '@harmony/messaging/kafka';
import type { Logger } from '@harmony/observability';

/** How to reach the brokers; undefined where none are configured. */
export function kafkaOptions({ kafka }: Configuration, logger: Logger): KafkaOptions | undefined {
  if (kafka.brokers.length === 0) return undefined;
  return {
    brokers: kafka.brokers,
    clientId: kafka.clientId,
    tls: kafka.tls,
    partitions: kafka.partitions,
    ...(kafka.topicPrefix === undefined ? {} : { topicPrefix: kafka.topicPrefix }),
    ...saslOf(kafka),
    log: (level, message) => logger[level]({ component: 'kafka' }, message),
  };
}

function saslOf({ saslMechanism, username, password }: Configuration['kafka']): Pick<KafkaOptions, 'sasl'> {
  if (saslMechanism === 'none') return {};
  if (username === undefined || password === undefined) throw new HarmonyError('INVALID_CONFIGURATION');
  // Each mechanism is a member of its own in the client's union, all with the same two fields.
  const credentials = { username, password };
  switch (saslMechanism) {
    case 'plain':
      return { sasl: { mechanism: 'plain', ...credentials } };
    case 'scram-sha-256':
      return { sasl: { mechanism: 'scram-sha-256', ...credentials } };
    case 'scram-sha-512':
      return { sasl: { mechanism: 'scram-sha-512', ...credentials } };
  }
}
