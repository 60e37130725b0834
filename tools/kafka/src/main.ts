import { startKafkaBroker } from '@harmony/testing';

/** For developers: starts a local Kafka broker, prints where it listens and stops it on Ctrl-C. */
const broker = await startKafkaBroker();
if (broker.kind === 'skipped') {
  process.stderr.write(`No Kafka broker: ${broker.reason}.\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`KAFKA_BROKERS=${broker.brokers.join(',')}\n`);
  const stop = (): void => void broker.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
}
