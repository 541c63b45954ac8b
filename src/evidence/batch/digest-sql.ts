// The same digests by SQL, over rows in memory on their way in and over stored events: a tree over the lines of a batch,
// 256 lines a chunk. A tree, not a chain, so that one line can be proven without showing the others.

import { trusted } from '../../store/index.ts'
import type { Sql } from '../../store/index.ts'

/** Lines of a chunk, by their number: a line that is missing spoils its own chunk and no other. */
export const CHUNK_LINES = 256
const CHUNK_HEIGHT = 8
/** 2^24 chunks are more lines than a batch can number. */
const BATCH_HEIGHT = 24

const LENGTH = (column: string) => `reinterpretAsFixedString(toUInt32(length(${column})))`

/** What `lineHash` computes (RFC 9162 section 2.1.1: a leaf begins with 0). */
export const LINE_HASH = trusted(
  `SHA256(concat('\\0', reinterpretAsFixedString(line), reinterpretAsFixedString(toUnixTimestamp64Milli(received)), ${LENGTH('source')}, source, ${LENGTH('context')}, context, raw))`,
)

const NO_HASH = "toFixedString('', 32)"

/** One level up: pairs are joined (a node begins with 1), what stands alone goes up as it is. */
function up(level: string): string {
  const every = (rest: number) =>
    `arrayFilter((hash, at) -> at % 2 = ${rest}, ${level}, arrayEnumerate(${level}))`
  // Nothing of the array is used inside: what a lambda takes from outside is copied for each element.
  return `arrayMap((one, other) -> if(other = ${NO_HASH}, one, SHA256(concat('\\x01', one, other))), ${every(1)}, arrayResize(${every(0)}, intDiv(length(${level}) + 1, 2)))`
}

function rootOf(hashes: string, height: number): string {
  return `arrayFold((level, step) -> ${up('level')}, range(${height}), ${hashes})[1]`
}

const IN_ORDER = (column: string, hash: string) =>
  `arrayMap(pair -> pair.2, arraySort(pair -> pair.1, groupArray((${column}, ${hash}))))`

/** Rows `batch, chunk, lines, least, most, hash` of `FROM … WHERE …`. */
export function chunkDigests(from: Sql): Sql {
  return {
    pieces: [
      `SELECT batch, intDiv(line, ${CHUNK_LINES}) AS chunk, count() AS chunk_lines, min(received) AS least, max(received) AS most, ${rootOf(IN_ORDER('line', 'hash'), CHUNK_HEIGHT)} AS chunk_hash
FROM (SELECT batch, line, received, `,
      ...LINE_HASH.pieces,
      ' AS hash ',
      ...from.pieces,
      ') GROUP BY batch, chunk',
    ],
  }
}

/** Rows `batch, lines, first, last, root, chunks` of `FROM … WHERE …`: hashes as hex, times as milliseconds. */
export function batchDigests(from: Sql): Sql {
  return {
    pieces: [
      `SELECT batch, toString(sum(chunk_lines)) AS lines, toString(toUnixTimestamp64Milli(min(least))) AS first, toString(toUnixTimestamp64Milli(max(most))) AS last,
  ${IN_ORDER('chunk', 'chunk_hash')} AS hashes, arrayStringConcat(arrayMap(hash -> hex(hash), hashes)) AS chunks,
  arrayMap(pair -> pair.1, arraySort(groupArray((chunk, chunk_lines)))) AS numbers, hex(${rootOf('hashes', BATCH_HEIGHT)}) AS root
FROM (`,
      ...chunkDigests(from).pieces,
      ') GROUP BY batch',
    ],
  }
}
