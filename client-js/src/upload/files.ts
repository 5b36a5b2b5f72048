import { Uploads } from './uploads';
import type { Upload } from './uploads';
import type { Api } from '../net/api';
import { putBytes } from '../net/put';
import type { Media } from '../protocol/shapes';
import { uploadTicket } from '../protocol/shapes';
import { withoutCameraNotes } from './exif';
import { MediaStore } from './media-store';
import type { Picture } from './picture';
import { pictureOf } from './picture';

const mostRemembered = 40;

/** A file that is stored, as the message that shares it. */
export interface Shared {
  readonly clientId: string;
  readonly roomId: string;
  readonly threadId?: string;
  readonly text: string;
  readonly uploadId: string;
  readonly fileName: string;
}

/** Files of one signed-in person, in both directions: out through `uploads`, in through `store`. */
export class Files {
  readonly uploads: Uploads;
  readonly store: MediaStore;
  readonly #sent = new Map<string, { readonly bytes: Blob; readonly picture?: Picture }>();

  constructor(api: Api, maxBytes: () => number | undefined, share: (outgoing: Shared) => void) {
    this.store = new MediaStore(api);
    this.uploads = new Uploads({
      ask: (wish) => api.call('/api/uploads', uploadTicket, { method: 'POST', body: wish }),
      put: putBytes,
      prepare: async (file) => {
        const bytes = await withoutCameraNotes(file);
        const picture = await pictureOf(bytes);
        return { bytes, ...(picture === undefined ? {} : { picture }) };
      },
      share: (upload, uploadId, bytes) => {
        this.#remember(upload, bytes);
        const { id: clientId, roomId, threadId, fileName } = upload;
        share({ clientId, roomId, ...(threadId === undefined ? {} : { threadId }), text: '', uploadId, fileName });
      },
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      now: () => Date.now(),
      newId: () => crypto.randomUUID(),
      maxBytes,
    });
  }

  /** The picture of a file that this page sent, for the time until the message is there. */
  pictureOf(clientId: string): Picture | undefined {
    return this.#sent.get(clientId)?.picture;
  }

  /** An own message has come back: what was sent need not be fetched. */
  arrived(clientId: string, media: Media): void {
    const sent = this.#sent.get(clientId);
    if (sent !== undefined) this.store.adopt(pathOf(media), sent.bytes);
  }

  close(): void {
    this.uploads.close();
    this.store.close();
    for (const clientId of [...this.#sent.keys()]) this.#release(clientId);
  }

  #remember({ id, picture }: Upload, bytes: Blob): void {
    this.#sent.set(id, { bytes, ...(picture === undefined ? {} : { picture }) });
    for (const oldest of this.#sent.keys()) {
      if (this.#sent.size <= mostRemembered) break;
      this.#release(oldest);
    }
  }

  #release(clientId: string): void {
    const picture = this.#sent.get(clientId)?.picture;
    if (picture !== undefined) URL.revokeObjectURL(picture.url);
    this.#sent.delete(clientId);
  }
}

/** Where the bytes of a medium are asked for: always through our own server, which checks and redirects. */
export function pathOf(media: Media): string {
  return media.url.startsWith('/') ? media.url : `/api/media/${encodeURIComponent(media.id)}`;
}

export function thumbnailOf(media: Media): string {
  return media.thumbnailUrl?.startsWith('/') ? media.thumbnailUrl : pathOf(media);
}
