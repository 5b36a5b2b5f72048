/** What the connection is doing, in the words the banner needs. */
export type Link =
  | { readonly state: 'idle' }
  /** restarts: the server has said that it is being restarted. */
  | { readonly state: 'connecting'; readonly again: boolean; readonly restarts: boolean }
  | { readonly state: 'online' }
  | { readonly state: 'waiting'; readonly until: number; readonly why: WaitReason }
  | { readonly state: 'offline' }
  | { readonly state: 'signed_out'; readonly why: 'revoked' | 'expired' };

/** unavailable: the server answers, and says that it cannot serve now. */
export type WaitReason = 'lost' | 'unavailable' | 'rate_limited' | 'too_many' | 'drain';
