export type { KafkaOptions } from './client.js';
export { KafkaFeed, type KafkaFeedOptions } from './kafka-feed.js';
export { KafkaPublisher, type KafkaPublisherOptions, type TopicMessage } from './kafka-publisher.js';
