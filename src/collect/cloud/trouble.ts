// What goes wrong between a provider and us. `words` turns it into a sentence.

export type CloudTrouble =
  /** 401 or 403, or the sign-in itself is refused. */
  | { readonly code: 'refused'; readonly status: number; readonly said: string }
  | { readonly code: 'throttled' }
  | { readonly code: 'unreachable'; readonly reason: string }
  | { readonly code: 'answered'; readonly status: number; readonly said: string }
  /** An answer that is not what the content describes. */
  | { readonly code: 'unreadable'; readonly reason: string }
  | { readonly code: 'too_large'; readonly limitBytes: number }
  /** A page or a redirect that leads to another host, where the sign-in must not go. */
  | { readonly code: 'leads_elsewhere'; readonly host: string }
  /** The same page reference twice: what lies behind it cannot be read. */
  | { readonly code: 'repeats' }
  /** What the provider no longer keeps was not read in time. */
  | { readonly code: 'gap'; readonly from: string; readonly to: string }
  /** An object that could not be read whole. */
  | { readonly code: 'object'; readonly key: string; readonly reason: string }

export class CloudFailure extends Error {
  readonly trouble: CloudTrouble

  constructor(trouble: CloudTrouble, options?: { readonly cause?: unknown }) {
    super(trouble.code, options)
    this.trouble = trouble
  }
}
