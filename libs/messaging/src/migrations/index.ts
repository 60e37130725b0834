import { CreateMessaging1760000000000 } from './create-messaging.js';

/** Schema `messaging`, for the runner of migrations. */
export const messagingMigrations = { schema: 'messaging', migrations: [CreateMessaging1760000000000] } as const;
