import { Module } from '@nestjs/common';
import { comparisonProviders } from '../comparison/providers.js';
import { exportProviders } from '../exports/providers.js';
import { liveProviders } from '../live/providers.js';
import { readModelProviders } from '../read-model/providers.js';
import { reportProviders } from '../report/providers.js';
import { rowProviders } from '../rows/providers.js';

/** The stateless face of reporting. */
@Module({
  controllers: [...reportProviders.controllers, ...rowProviders.controllers, ...exportProviders.controllers],
  providers: [
    ...readModelProviders,
    ...reportProviders.providers,
    ...rowProviders.providers,
    ...exportProviders.providers,
    ...liveProviders.providers,
    ...comparisonProviders.providers,
  ],
})
export class ReportingApiModule {}
