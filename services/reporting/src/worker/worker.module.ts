import { Module } from '@nestjs/common';
import { EraseConsumer } from '../erase/erase.consumer.js';
import { exportWorkers } from '../exports/providers.js';
import { readModelProviders } from '../read-model/providers.js';

/** The working face of reporting. */
@Module({
  controllers: [EraseConsumer, ...exportWorkers.controllers],
  providers: [...readModelProviders, ...exportWorkers.providers],
})
export class ReportingWorkerModule {}
