/**
 * Takes out of a JPEG what a camera wrote about place, time and owner, and keeps how the picture is turned.
 * Format: ITU-T T.81 annex B (segments), CIPA DC-008 (Exif in APP1, orientation is tag 0x0112).
 */
export async function withoutCameraNotes(file: Blob): Promise<Blob> {
  if (file.type !== 'image/jpeg') return file;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const view = new DataView(bytes.buffer);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return file;
  const kept: BlobPart[] = [bytes.slice(0, 2)];
  let orientation = 1;
  let changed = false;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return file;
    const segment = bytes.slice(at, end);
    // APP1 holds Exif or XMP, APP13 Photoshop's notes, COM free text.
    if (marker === 0xe1 || marker === 0xed || marker === 0xfe) {
      if (marker === 0xe1) orientation = orientationOf(segment) ?? orientation;
      changed = true;
    } else {
      kept.push(segment);
    }
    at = end;
  }
  if (!changed) return file;
  if (orientation !== 1) kept.splice(1, 0, orientationSegment(orientation));
  return new Blob([...kept, bytes.slice(at)], { type: file.type });
}

function orientationOf(segment: Uint8Array): number | null {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const tiff = 10;
  if (segment.length < tiff + 14 || view.getUint32(4) !== 0x45786966) return null;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > segment.length) return null;
  const count = view.getUint16(directory, little);
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > segment.length) return null;
    if (view.getUint16(entry, little) === 0x0112) {
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : null;
    }
  }
  return null;
}

/** An Exif segment with one entry. */
function orientationSegment(orientation: number): Uint8Array<ArrayBuffer> {
  const head = [0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00];
  const tiff = [0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01];
  const entry = [0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00];
  return Uint8Array.from([...head, ...tiff, ...entry, 0x00, 0x00, 0x00, 0x00]);
}
