import { Module } from '@nestjs/common';
import { ExtractionQueries } from '../read-model/extraction-queries.js';
import { ExtractionResolver } from './extraction.resolver.js';

/** The stateless face of extraction. */
@Module({ providers: [ExtractionQueries, ExtractionResolver] })
export class ExtractionApiModule {}
