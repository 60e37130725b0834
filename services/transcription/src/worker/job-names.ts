/** Jobs of this service, in the order in which a recording goes through them. */
export const prepareRecordingJob = 'transcription.prepare-recording';
export const transcribeJob = 'transcription.transcribe';
