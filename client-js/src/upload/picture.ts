/** What is known of an image before anybody has it: enough to show it and to reserve its place. */
export interface Picture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

const shown = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

export function isShownInline(contentType: string): boolean {
  return shown.includes(contentType);
}

/** Measures an image; undefined for what is none, or none that this browser can read. */
export async function pictureOf(file: Blob): Promise<Picture | undefined> {
  if (!isShownInline(file.type)) return undefined;
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { url: URL.createObjectURL(file), width, height };
  } catch {
    return undefined;
  }
}

/** The box that an image of this size takes on screen, so that its place is reserved before it has come. */
export function fit(
  width: number,
  height: number,
  mostWidth = 360,
  mostHeight = 320,
): { width: number; height: number } {
  const scale = Math.min(1, mostWidth / width, mostHeight / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) };
}
