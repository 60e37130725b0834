import { describe, expect, it } from '@jest/globals';
import { readFrameList } from './frame-list.js';

const film = `#software: Lavf58.24.100
#tb 0: 1/16000
#media_type 0: audio
#codec_id 0: pcm_s16le
#sample_rate 0: 16000
#media_type 1: audio
#codec_id 1: aac
#media_type 2: video
#codec_id 2: h264
#dimensions 2: 320x180
2,      -4096,          0,     2048,      758, 0xa34b06bf
1,      -1024,      -1024,     1024,       23, 0x4a8105a6, F=0x5, S=1,       10, 0x00240004
0,          0,          0,     1024,     4096, 0x00000000
`;

describe('the list of first frames', () => {
  it('tells codec and channels of the sound, and whether there is a picture', () => {
    expect(readFrameList(film)).toEqual({ audio: { codec: 'aac', channels: 2 }, hasVideo: true });
  });

  it('tells of no sound where there is only a picture', () => {
    const mute = '#media_type 0: video\n#codec_id 0: h264\n0, 0, 0, 512, 2498, 0x90e37877\n';
    expect(readFrameList(mute)).toEqual({ audio: undefined, hasVideo: true });
  });

  it('tells of no sound where not one frame of it could be decoded', () => {
    const withoutFrame = film
      .split('\n')
      .filter((line) => !line.startsWith('0,'))
      .join('\n');
    expect(readFrameList(withoutFrame)).toEqual({ audio: undefined, hasVideo: true });
    expect(readFrameList('')).toEqual({ audio: undefined, hasVideo: false });
  });
});
