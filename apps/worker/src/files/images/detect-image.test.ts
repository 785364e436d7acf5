import { describe, expect, it } from 'vitest';
import { gif, jpeg, png, webp } from '../../../testing/images.ts';
import { chooseForm } from './choose-form.ts';
import { chooseImage, mayBeImage } from './choose-image.ts';
import { detectImage } from './detect-image.ts';

const whole = jpeg(640, 480);
const lateJpeg = Buffer.concat([whole.subarray(0, 20), Buffer.alloc(1_048_576), whole.subarray(20)]);

describe('an image', () => {
  it.each([
    ['PNG', png(640, 480), 'image/png'],
    ['GIF', gif(640, 480), 'image/gif'],
    ['JPEG', jpeg(640, 480), 'image/jpeg'],
    ['lossy WebP', webp('VP8 ', 640, 480), 'image/webp'],
    ['lossless WebP', webp('VP8L', 640, 480), 'image/webp'],
    ['extended WebP', webp('VP8X', 640, 480), 'image/webp'],
  ])('that is a %s is known by its bytes, with its size', (_what, bytes, mediaType) => {
    expect(detectImage(bytes)).toEqual({ mediaType, width: 640, height: 480 });
    // Cut off anywhere, it is read or it is none, but nothing is thrown.
    for (let length = 0; length < bytes.length; length += 1) detectImage(bytes.subarray(0, length));
  });

  it.each([Buffer.from(''), Buffer.from('%PDF-1.7'), Buffer.from('<svg/>'), Buffer.from('RIFF0000WAVEfmt ')])(
    'is none of %o',
    (bytes) => expect(detectImage(bytes)).toBeUndefined(),
  );

  it.each([
    ['a JPEG whose size comes after a megabyte of rubbish', lateJpeg],
    ['an icon, which the library knows', Buffer.from('000001000100101000000000', 'hex')],
    ['a drawing, which the library knows', Buffer.from('<svg width="10" height="10"></svg>')],
    ['a WebP of a kind that is not known', Buffer.concat([Buffer.from('RIFF0000WEBPVP8?'), Buffer.alloc(40)])],
  ])('is none of %s', (_what, bytes) => expect(detectImage(bytes)).toBeUndefined());
});

describe('what the model is shown', () => {
  it('is an image that the API takes, and no other', () => {
    expect(chooseImage(png(2_000, 10))).toBe('image/png');
    expect(chooseImage(png(2_001, 10))).toBeUndefined();
    expect(chooseImage(Buffer.from('text'))).toBeUndefined();
  });

  it('is only asked of kinds and sizes that may be one: 5 MB of base64 at most', () => {
    expect(mayBeImage('photo', 3_932_160)).toBe(true);
    expect(mayBeImage('photo', 3_932_161)).toBe(false);
    expect(mayBeImage('video', 10)).toBe(false);
  });
});

const moving = webp('VP8X', 640, 480);
moving.writeUInt8(moving.readUInt8(20) | 2, 20);

describe('what the chat is shown', () => {
  it.each([
    ['an image', png(640, 480), undefined, 'photo'],
    ['a WebP that does not move', webp('VP8X', 640, 480), undefined, 'photo'],
    ['a WebP that moves', moving, 'photo', 'document'],
    ['a GIF', gif(640, 480), 'photo', 'document'],
    ['an image that is to be a file', png(640, 480), 'document', 'document'],
    ['a text that is to be a photo', Buffer.from('text'), 'photo', 'document'],
    ['an image with too long sides', png(6_000, 4_001), undefined, 'document'],
    ['a very narrow image', png(21, 1), undefined, 'document'],
    ['an image of more than 10 MB', Buffer.concat([png(640, 480), Buffer.alloc(10_485_760)]), undefined, 'document'],
  ] as const)('of %s is right', (_what, bytes, asked, form) => {
    expect(chooseForm(bytes, asked)).toBe(form);
  });
});
