import type { Provider } from '@nestjs/common';
import { Moments } from './moment.js';
import { ProjectCatalogue } from './project-catalogue.js';

/** What every use case reads by. */
export const readModelProviders: Provider[] = [Moments, ProjectCatalogue];
