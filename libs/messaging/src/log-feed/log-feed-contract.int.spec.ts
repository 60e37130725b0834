import { consumerContract } from '../contract-suite/index.js';
import { logEnvironment } from '../testing/log-environment.js';

consumerContract("the store's log on PostgreSQL", logEnvironment);
