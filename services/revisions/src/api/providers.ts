import type { Provider } from '@nestjs/common';
import { RevisionAccess } from '../access/revision-access.js';
import { CommandRunner } from '../commands/command-runner.js';
import { MakeLive } from '../commands/make-live.js';
import { RevisionCommands } from '../commands/revision-commands.js';
import { ParkedCheck } from '../commands/parked-check.js';
import { Visibility } from '../commands/visibility.js';
import { ChangeQueries } from '../live/change-queries.js';
import { LiveResolver } from '../live/live.resolver.js';
import { RevisionFeed } from '../live/revision-feed.js';
import { ConflictQueries } from '../read-model/conflict-queries.js';
import { ParkedQueries } from '../read-model/parked-queries.js';
import { RevisionQueries } from '../read-model/revision-queries.js';
import { ProjectStreams } from '../streams/project-streams.js';
import { RevisionResolver } from './revision.resolver.js';

/** What the api face is made of; it needs the backends beside it. */
export const apiProviders: Provider[] = [
  ...[RevisionAccess, ProjectStreams, RevisionQueries, ConflictQueries, ParkedQueries],
  ...[Visibility, ParkedCheck, CommandRunner, RevisionCommands, MakeLive, RevisionResolver],
  ...[ChangeQueries, RevisionFeed, LiveResolver],
];
