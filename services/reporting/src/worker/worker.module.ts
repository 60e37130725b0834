import { Module } from '@nestjs/common';
import { exportWorkers } from '../exports/providers.js';

/** The working face of reporting. */
@Module({ controllers: [...exportWorkers.controllers], providers: [...exportWorkers.providers] })
export class ReportingWorkerModule {}
