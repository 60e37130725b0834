import { expect, it } from '@jest/globals';
import type { ReadStreamOptions } from '../port.js';
import { freshName, someEvents } from './events.js';
import { streamOf, type Subject } from './subject.js';

export function readingStreams(subject: Subject): void {
  const reads: [ReadStreamOptions, number[]][] = [
    [{}, [0, 1, 2, 3, 4]],
    [{ direction: 'forward', from: 3 }, [3, 4]],
    [{ direction: 'forward', limit: 2 }, [0, 1]],
    [{ direction: 'forward', from: 1, limit: 2 }, [1, 2]],
    [{ direction: 'forward', from: 9 }, []],
    [{ direction: 'backward' }, [4, 3, 2, 1, 0]],
    [{ direction: 'backward', from: 1 }, [1, 0]],
    [{ direction: 'backward', limit: 1 }, [4]],
    [{ direction: 'backward', from: 3, limit: 2 }, [3, 2]],
    [{ direction: 'backward', from: 9, limit: 2 }, [4, 3]],
  ];
  it.each(reads)('of five events with %p gives %p', async (options, revisions) => {
    const stream = freshName();
    await subject().append(stream, someEvents(5), 'none');
    expect((await streamOf(subject(), stream, options)).map((event) => event.revision)).toEqual(revisions);
  });

  it('that never was gives nothing, in both directions', async () => {
    expect(await streamOf(subject(), freshName())).toEqual([]);
    expect(await streamOf(subject(), freshName(), { direction: 'backward' })).toEqual([]);
  });

  it('gives long streams whole', async () => {
    const stream = freshName();
    for (let length = 0; length < 1500; length += 500) {
      await subject().append(stream, someEvents(500), length === 0 ? 'none' : length - 1);
    }
    const revisions = (await streamOf(subject(), stream)).map((event) => event.revision);
    expect(revisions).toEqual(Array.from({ length: 1500 }, (_, index) => index));
  });

  it('can be left in the middle', async () => {
    const stream = freshName();
    await subject().append(stream, someEvents(200), 'none');
    for await (const event of subject().readStream(stream)) {
      if (event.revision === 3) break;
    }
    expect(await streamOf(subject(), stream, { limit: 1 })).toHaveLength(1);
  });

  it('shows an append at once to whoever made it', async () => {
    const stream = freshName();
    for (let revision = 0; revision < 20; revision += 1) {
      await subject().append(stream, someEvents(1), revision === 0 ? 'none' : revision - 1);
      expect(await streamOf(subject(), stream)).toHaveLength(revision + 1);
    }
  });
}
