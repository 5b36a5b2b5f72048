import { deflateSync } from 'node:zlib';

/** A picture of one colour, as bytes. */
export function png(width, height) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc(body), body.length + 4);
    return frame;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.alloc(1 + width * 3, 0x66);
  line[0] = 0;
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

/** Drops a picture on a place that says what it is for. */
export async function drop(page, place, name, words) {
  const data = await page.evaluateHandle(transferOf, [name, [...png(40, 40)]]);
  await page.dispatchEvent(place, 'dragenter', { dataTransfer: data });
  await page.locator('.drop-veil').getByText(words).waitFor();
  await page.dispatchEvent(place, 'drop', { dataTransfer: data });
}

/** Pastes a picture into a field. */
export async function paste(field, name) {
  const data = await field.page().evaluateHandle(transferOf, [name, [...png(30, 30)]]);
  await field.evaluate((area, clipboardData) => {
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

/** Runs in the page. */
function transferOf([name, bytes]) {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
  return transfer;
}
