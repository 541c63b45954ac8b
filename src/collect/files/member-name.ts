// Names inside archives are somebody's text: shown, never used as a path.

const MAX_NAME = 200

/** Control characters shown as `?`; only the end of a very long name. */
export function memberName(raw: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is replaced
  const clean = raw.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?')
  return clean.length <= MAX_NAME ? clean : `…${clean.slice(-MAX_NAME)}`
}
