/**
 * Injection tokens for the backends of a process. Beside each, the port that it stands for:
 * modules of a service inject these and never learn which adapter is behind.
 */
export const EVENT_STORE = Symbol('EventStore'); // EventStore of @harmony/event-store
export const OBJECT_STORE = Symbol('ObjectStore'); // ObjectStore of @harmony/object-store
export const JOB_QUEUE = Symbol('JobQueue'); // JobQueue of @harmony/messaging
export const OUTBOUND = Symbol('Outbound'); // Outbound of @harmony/outbound: the guard and the client over it
export const SCOPED_DATABASE = Symbol('ScopedDatabase'); // ScopedDatabase of @harmony/read-model
export const CONNECT_READER = Symbol('ConnectReader'); // Database['connectReader'] of @harmony/read-model
export const WORKER_POOL = Symbol('WorkerPool'); // pg.Pool under the worker role
export const PROJECTION_PROGRESS = Symbol('ProjectionProgress'); // ProjectionProgress of @harmony/read-model
export const DIRECTORY = Symbol('Directory'); // Directory of @harmony/access
export const ACCESS = Symbol('Access'); // Access of @harmony/access: sign-in, API keys, passwords
export const CLOCK = Symbol('Clock'); // Clock of @harmony/kernel
export const LOGGER = Symbol('Logger'); // Logger of @harmony/observability
export const CONFIGURATION = Symbol('Configuration'); // the parsed configuration of @harmony/config
