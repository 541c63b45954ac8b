// The one-time sign-in token of the printed address. It is read once and taken out of the address bar and the history
// before anything else runs, so that it is not kept, copied or shared by mistake.

let token: string | null = null

export function readToken(): void {
  const found = /^#token=([^&]{1,200})$/u.exec(location.hash)
  if (found === null) return
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  try {
    token = decodeURIComponent(found[1] ?? '')
  } catch {
    token = null
  }
}

/** The token, once. */
export function takeToken(): string | null {
  const taken = token
  token = null
  return taken
}
