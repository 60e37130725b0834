export { createConsumerMicroservice, type ConsumerMicroservice } from './consumer-microservice.js';
export { HandlerErrors } from './handler-errors.js';
export { HarmonyTransport, type TransportOptions } from './transport.js';
