import { HarmonyError, type EventDataOf } from '@harmony/contracts';
import type { Configuration } from '@harmony/config';
import { kindOf, Media, openMedia } from '@harmony/media';
import type { ObjectStore } from '@harmony/object-store';
import { CONFIGURATION, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable, type Provider } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';

/** Enough to tell every format that is taken. */
export const headBytes = 1 << 20;

export type Recognised = Pick<EventDataOf<'RecordingReceived'>, 'mediaType' | 'hasVideo'>;

/** Says what a recording is by the beginning of its bytes; whatever else may be wrong with it shows when it is prepared. */
@Injectable()
export class RecogniseRecording {
  constructor(
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    private readonly media: Media,
  ) {}

  /** @throws HarmonyError NOT_A_RECORDING */
  async inObject(key: string): Promise<Recognised> {
    return this.byHead(await buffer(await this.objects.get(key, { start: 0, end: headBytes - 1 })));
  }

  /** @throws HarmonyError NOT_A_RECORDING */
  async byHead(head: Uint8Array): Promise<Recognised> {
    const kind = await kindOf(head);
    if (!kind) throw new HarmonyError('NOT_A_RECORDING');
    if (kind.videoType === undefined) return { mediaType: kind.audioType, hasVideo: false };
    return this.withOrWithoutPicture(head, kind.videoType);
  }

  /** Some formats hold sound alone as well; the beginning of the file may not be enough to tell. */
  private async withOrWithoutPicture(head: Uint8Array, videoType: string): Promise<Recognised> {
    try {
      const { mediaType, hasVideo } = await this.media.recognise(head);
      return { mediaType, hasVideo };
    } catch (error) {
      if (error instanceof HarmonyError) return { mediaType: videoType, hasVideo: true };
      throw error;
    }
  }
}

/** The class with what it is made of. */
export const recognitionProviders: readonly Provider[] = [
  RecogniseRecording,
  { provide: Media, useFactory: ({ media }: Configuration) => openMedia(media), inject: [CONFIGURATION] },
];
