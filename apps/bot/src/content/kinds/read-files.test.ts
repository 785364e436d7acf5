import { describe, expect, it } from 'vitest';
import { filesOf } from './read-files.ts';

const file = { file_id: 'F', file_unique_id: 'U' };
const ref = { fileId: 'F', uniqueId: 'U' };
const fileOf = (message: Readonly<Record<string, unknown>>) => filesOf(message)[0];
const size = (width: number, id: string) => ({ file_id: id, file_unique_id: id, width, height: width });

describe('the file of a message', () => {
  it.each([
    ['document', 'document'],
    ['voice', 'voice'],
    ['audio', 'audio'],
    ['video', 'video'],
    ['video_note', 'video-note'],
    ['animation', 'animation'],
  ])('in %s is a file of the kind %s, with what the app says of it', (key, kind) => {
    const more = { file_name: 'n.x', mime_type: 't/x', file_size: 5, duration: 3 };
    expect(fileOf({ [key]: { ...file, ...more } })).toEqual({ ...ref, kind, name: 'n.x', mimeType: 't/x', size: 5 });
    expect(fileOf({ [key]: file })).toEqual({ ...ref, kind });
  });

  it('that is a photo is its largest size, wherever that stands', () => {
    expect(fileOf({ photo: [size(90, 'S'), size(1_280, 'L'), size(320, 'M')] })).toEqual({
      fileId: 'L',
      uniqueId: 'L',
      kind: 'photo',
    });
  });

  it('that is a sticker is an image, unless it moves', () => {
    const still = { ...file, is_animated: false, is_video: false };
    expect(fileOf({ sticker: still })).toEqual({ ...ref, kind: 'sticker', mimeType: 'image/webp' });
    expect(fileOf({ sticker: { ...still, is_animated: true } })).toBeUndefined();
    expect(fileOf({ sticker: { ...still, is_video: true } })).toBeUndefined();
  });

  it('is the animation, not the document that is there for older apps', () => {
    expect(fileOf({ document: file, animation: { ...file, file_id: 'A' } })).toMatchObject({ kind: 'animation' });
  });

  it('that is a live photo is the photo, and behind it the video', () => {
    const live_photo = { ...file, file_id: 'V', duration: 2 };
    const [photo, video] = [
      { fileId: 'P', uniqueId: 'P', kind: 'photo' },
      { ...ref, fileId: 'V', kind: 'video' },
    ];
    expect(filesOf({ live_photo, photo: [size(90, 'P')] })).toEqual([photo, video]);
    expect(filesOf({ live_photo: { ...live_photo, photo: [size(90, 'P')] } })).toEqual([photo, video]);
    expect(filesOf({ live_photo })).toEqual([video]);
  });

  it.each([{}, { photo: [] }, { photo: {} }, { document: {} }, { document: { file_id: '' } }, { voice: 'x' }])(
    'is none in %j',
    (message) => expect(fileOf(message)).toBeUndefined(),
  );

  it('is taken although what the app says of it is of another shape', () => {
    expect(fileOf({ document: { ...file, file_name: 5, file_size: 'x' } })).toEqual({ ...ref, kind: 'document' });
  });
});
