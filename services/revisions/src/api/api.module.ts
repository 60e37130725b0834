import { Module } from '@nestjs/common';
import { apiProviders } from './providers.js';
import { RevisionController } from './revision.controller.js';

/** The stateless face of revisions. */
@Module({ controllers: [RevisionController], providers: apiProviders })
export class RevisionsApiModule {}
