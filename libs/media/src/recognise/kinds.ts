/** What a file is, by its first bytes. */
export interface RecordingKind {
  /** Short name of the container, for instance `mp3`. */
  readonly container: string;
  /** The one format that ffmpeg may read it as: nothing in the file can choose another. */
  readonly demuxer: string;
  /** Of the file when there is only sound in it. */
  readonly audioType: string;
  /** Of the file when there is a picture that moves; undefined where the container has none. */
  readonly videoType: string | undefined;
}

const sound = (container: string, audioType: string, demuxer = container): RecordingKind => ({
  container,
  demuxer,
  audioType,
  videoType: undefined,
});

const film = (container: string, demuxer: string, audioType: string, videoType: string): RecordingKind => ({
  container,
  demuxer,
  audioType,
  videoType,
});

const quickTime = film('mp4', 'mov', 'audio/mp4', 'video/mp4');
const mobile = film('3gp', 'mov', 'audio/3gpp', 'video/3gpp');
const matroska = film('mkv', 'matroska', 'audio/x-matroska', 'video/x-matroska');
const ogg = film('ogg', 'ogg', 'audio/ogg', 'video/ogg');
const windowsMedia = film('asf', 'asf', 'audio/x-ms-wma', 'video/x-ms-wmv');
const programStream = film('mpeg', 'mpeg', 'audio/mpeg', 'video/mpeg');

/** Raw GSM has no signature that file-type would know. */
export const gsm = sound('gsm', 'audio/x-gsm');

/**
 * The formats that are let in, by the extension that file-type gives them. Playlists, and whatever else can point to
 * other files or to the network, are not among them.
 */
export const kinds: ReadonlyMap<string, RecordingKind> = new Map([
  ['mp3', sound('mp3', 'audio/mpeg')],
  ['mp2', sound('mp2', 'audio/mpeg', 'mp3')],
  ['mp1', sound('mp1', 'audio/mpeg', 'mp3')],
  ['aac', sound('aac', 'audio/aac')],
  ['flac', sound('flac', 'audio/flac')],
  ['wav', sound('wav', 'audio/wav')],
  ['aif', sound('aiff', 'audio/aiff')],
  ['amr', sound('amr', 'audio/amr')],
  ['ac3', sound('ac3', 'audio/ac3')],
  ['ape', sound('ape', 'audio/ape')],
  ['wv', sound('wv', 'audio/wavpack')],
  ['dsf', sound('dsf', 'audio/x-dsf')],
  ['caf', sound('caf', 'audio/x-caf')],
  ['voc', sound('voc', 'audio/x-voc')],
  ['oga', ogg],
  ['ogg', ogg],
  ['opus', ogg],
  ['spx', ogg],
  ['ogv', ogg],
  ['ogm', ogg],
  ['ogx', ogg],
  ['m4a', quickTime],
  ['m4b', quickTime],
  ['m4p', quickTime],
  ['f4a', quickTime],
  ['f4b', quickTime],
  ['mp4', quickTime],
  ['m4v', quickTime],
  ['f4v', quickTime],
  ['f4p', quickTime],
  ['mov', film('mov', 'mov', 'audio/mp4', 'video/quicktime')],
  ['3gp', mobile],
  ['3g2', film('3g2', 'mov', 'audio/3gpp2', 'video/3gpp2')],
  ['webm', film('webm', 'matroska', 'audio/webm', 'video/webm')],
  ['mkv', matroska],
  ['mka', matroska],
  ['asf', windowsMedia],
  ['wma', windowsMedia],
  ['wmv', windowsMedia],
  ['avi', film('avi', 'avi', 'video/x-msvideo', 'video/x-msvideo')],
  ['flv', film('flv', 'flv', 'video/x-flv', 'video/x-flv')],
  ['mpg', programStream],
  ['mts', film('mpegts', 'mpegts', 'video/mp2t', 'video/mp2t')],
]);
