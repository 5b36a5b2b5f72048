import type { Api } from '../net/api';
import { nothing } from '../net/api';
import { array, boolean, instant, object, otherwise, string } from '../protocol/decode';
import type { Decoded } from '../protocol/decode';
import { line, name } from '../protocol/line';

const device = object(
  { id: string, name: otherwise(name, 'A device'), current: otherwise(boolean, false) },
  { createdAt: instant, lastUsedAt: instant, address: line },
);
/** One place where this person is signed in. */
export type Device = Decoded<typeof device>;

/** Where one is signed in, and the password that lets one in. */
export class Devices {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async list(signal?: AbortSignal): Promise<Device[]> {
    const call = signal === undefined ? {} : { signal };
    const { sessions } = await this.#api.call('/api/sessions', object({ sessions: array(device) }), call);
    return sessions;
  }

  async end(id: string): Promise<void> {
    await this.#api.call(`/api/sessions/${encodeURIComponent(id)}`, nothing, { method: 'DELETE' });
  }

  /** Signs out everywhere but here. */
  async endOthers(): Promise<void> {
    await this.#api.call('/api/sessions', nothing, { method: 'DELETE' });
  }

  /** Ends all other devices too; this one stays. */
  async changePassword(currentPassword: string, newPassword: string): Promise<void> {
    await this.#api.call('/api/me/password', nothing, { method: 'POST', body: { currentPassword, newPassword } });
  }
}
