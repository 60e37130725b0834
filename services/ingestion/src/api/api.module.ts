import { Module } from '@nestjs/common';
import { ChangeConversation } from '../commands/change-conversation.js';
import { DeleteConversation } from '../deletion/delete-conversation.js';
import { importUrlProviders } from '../import-url/index.js';
import { ConversationFeed } from '../live-feed/conversation-feed.js';
import { UpdateConversation } from '../properties/update-conversation.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import { FollowedQuotes } from '../read-model/followed-quotes.js';
import { TranscriptQueries } from '../read-model/transcript-queries.js';
import { WholeTranscripts } from '../read-model/whole-transcripts.js';
import { RetryConversation } from '../retry/retry-conversation.js';
import { MatchSpeaker } from '../speakers/match-speaker.js';
import { SpeakerNames } from '../speakers/speaker-names.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { RecordSubmission } from '../submit-conversation/record-submission.js';
import { SubmitConversation } from '../submit-conversation/submit-conversation.js';
import { ImportConversations } from '../structured-import/import-conversations.js';
import { UploadTranscript } from '../structured-import/upload-transcript.js';
import { Acknowledgement } from './acknowledgement.js';
import { ChangeController } from './change.controller.js';
import { ChangeResolver } from './change.resolver.js';
import { ConversationController } from './conversation.controller.js';
import { ConversationResolver } from './conversation.resolver.js';
import { uploadProviders } from '../uploads/index.js';
import { QuoteResolver } from './quote.resolver.js';
import { RecordingController } from './recording.controller.js';
import { UploadController } from './upload.controller.js';
import { UploadResolver } from './upload.resolver.js';
import { ImportController } from './import.controller.js';
import { ImportUrlController } from './import-url.controller.js';
import { ImportUrlResolver } from './import-url.resolver.js';
import { ImportResolver } from './import.resolver.js';
import { PlaybackController } from '../recordings/playback.controller.js';
import { RecordingQueries } from '../recordings/recording-queries.js';
import { StoredFiles } from '../recordings/stored-files.js';
import { TranscriptController } from './transcript.controller.js';

/** The stateless face of ingestion. */
@Module({
  controllers: [
    RecordingController,
    UploadController,
    ImportController,
    ImportUrlController,
    ConversationController,
    ChangeController,
    TranscriptController,
    PlaybackController,
  ],
  providers: [
    ConversationStreams,
    ChangeConversation,
    UpdateConversation,
    MatchSpeaker,
    RetryConversation,
    DeleteConversation,
    SpeakerNames,
    ConversationQueries,
    TranscriptQueries,
    WholeTranscripts,
    FollowedQuotes,
    RecordingQueries,
    StoredFiles,
    Acknowledgement,
    RecordSubmission,
    SubmitConversation,
    UploadTranscript,
    ImportConversations,
    ConversationFeed,
    ConversationResolver,
    QuoteResolver,
    ChangeResolver,
    ImportResolver,
    ImportUrlResolver,
    ...importUrlProviders,
    ...uploadProviders,
    UploadResolver,
  ],
})
export class IngestionApiModule {}
