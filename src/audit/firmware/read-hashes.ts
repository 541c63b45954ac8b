// A maker's list of digests: lines that hold a file name and a digest in either order, as every maker writes them in its own
// way (`sha512sum`, CSV, a copied table).

export type HashList = {
  readonly hashes: readonly { readonly file: string; readonly digest: string }[]
  /** Numbers of lines that hold something and no pair; the first. */
  readonly refused: readonly number[]
}

const MOST_HASHES = 100_000
const MOST_REFUSED = 100
const DIGEST =
  /(?<![0-9a-f])(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-f])/gi
const FILE = /^[\w./:@+-]*[\w@+-]\.[A-Za-z][A-Za-z0-9]{1,7}$/
const BETWEEN = /[\s()[\]"',;=*|]+/

export function readHashes(text: string): HashList {
  const hashes: { file: string; digest: string }[] = []
  const refused: number[] = []
  text.split('\n').forEach((line, at) => {
    const said = line.slice(0, 2000)
    if (said.trim() === '' || /^\s*#/.test(said)) return
    const digests = said.match(DIGEST) ?? []
    const file = said.split(BETWEEN).find((word) => FILE.test(word))
    if (file === undefined || digests.length === 0) {
      // The first line names the columns.
      if (at > 0 && refused.length < MOST_REFUSED) refused.push(at + 1)
      return
    }
    for (const digest of digests)
      if (hashes.length < MOST_HASHES) hashes.push({ file, digest: digest.toLowerCase() })
  })
  return { hashes, refused }
}
