import { Module } from '@nestjs/common';

/** People see recordings and transcripts through the conversation that they belong to: there is nothing to ask here. */
@Module({})
export class TranscriptionApiModule {}
