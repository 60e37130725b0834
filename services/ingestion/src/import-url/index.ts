import { recognitionProviders } from '../uploads/recognise-recording.js';
import { CheckUrl } from './check-url.js';
import { FetchFileJob } from './fetch-file.job.js';
import { ImportUrl } from './import-url.js';
import { ReceiveFile } from './receive-file.js';
import { UrlFetchStreams } from './url-fetch-streams.js';

/** What the api face needs for links. */
export const importUrlProviders = [ImportUrl, CheckUrl];

/** What the worker needs to fetch their files. */
export const importUrlWorkers = [UrlFetchStreams, ...recognitionProviders, ReceiveFile, FetchFileJob];
