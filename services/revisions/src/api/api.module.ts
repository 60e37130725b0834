import { Module } from '@nestjs/common';
import { apiProviders } from './providers.js';

/** The stateless face of revisions. */
@Module({ providers: apiProviders })
export class RevisionsApiModule {}
