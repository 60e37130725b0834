export { Relay, type Publisher, type RelayHealth, type RelayObserver, type RelayOptions } from './relay.js';
