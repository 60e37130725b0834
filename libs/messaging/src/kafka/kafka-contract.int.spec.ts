import { reach } from '@harmony/testing';
import { afterAll } from '@jest/globals';
import { consumerContract } from '../contract-suite/index.js';
import { kafkaEnvironment } from '../testing/kafka-environment.js';

const kafka = await reach('kafka');

if (kafka.kind === 'reached') afterAll(() => kafka.stop(), 60_000);

consumerContract(
  'the Kafka feed',
  kafka.kind === 'reached' ? () => kafkaEnvironment(kafka.server.brokers) : { skipped: kafka.reason },
);
