// Which export a file is, told by what stands in it, and its rows. The only way into this folder.

import type { ExportProblem } from '../../core/index.ts'
import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { readCsv } from './csv.ts'
import { withPlainDates } from './dates-by-region.ts'
import { decodeText } from './decode-text.ts'
import { readDuo } from './duo.ts'
import type { Source } from './entra.ts'
import { readGoogle } from './google.ts'
import { readGraph } from './graph.ts'
import { readLdif } from './ldif.ts'
import { readListed } from './listed-accounts.ts'
import { readOktaFactors, readOktaUsers } from './okta.ts'
import { entriesOf, refuseUnfinished } from './pages.ts'
import { readPortalList } from './portal-lists.ts'
import { isList, isRecord, normalise, parseJson, recordsOf } from './read-json.ts'
import { ExportRefused, MOST_ROWS, plain, shown } from './row.ts'
import type { Export, Json } from './row.ts'
import { readScuba } from './scuba.ts'
import { readSharpHound } from './sharphound.ts'

export type Refused = {
  readonly place: string
  readonly problem: ExportProblem
  readonly met: string
}

/** Reads one file. `form` is asked for only where a list could be two things: vpn, local, staff, access-paths. */
export function readExport(bytes: Uint8Array, form?: string): Result<Export, Refused> {
  try {
    const made = read(decodeText(bytes), form)
    if (made.rows.length > MOST_ROWS)
      throw new ExportRefused('', 'too_many_rows', String(MOST_ROWS))
    return ok(joined(made))
  } catch (thrown) {
    if (!(thrown instanceof ExportRefused)) throw thrown
    const { place, problem, met } = thrown
    return failed({ place, problem, met })
  }
}

function read(text: string, form: string | undefined): Export {
  const head = text.trimStart().slice(0, 200)
  if (head.startsWith('{') || head.startsWith('['))
    return readJson(normalise(wholeOrLines(text)), form)
  if (/^(?:version:|dn::?|#)/iu.test(head) && /^dn::?/imu.test(text)) return readLdif(text)
  if (/^(?:#TYPE[^\r\n]*\r?\n)?[^\r\n]*[,;\t]/u.test(head)) {
    const rows = withPlainDates(readCsv(text))
    return (form === undefined ? readPortalList(rows) : undefined) ?? readListed(rows, form)
  }
  throw new ExportRefused('line 1', 'unknown_form', shown(head.split('\n')[0] ?? ''))
}

/** One value, or one on each line, as APIs are paged into a file. */
function wholeOrLines(text: string): Json {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const isLines =
    lines.length > 1 && lines.slice(0, 2).every((line) => /^\s*\{.*\}\s*$/u.test(line))
  if (!isLines) return parseJson(text)
  return lines.map((line, at) => {
    try {
      return parseJson(line)
    } catch (thrown) {
      if (!(thrown instanceof ExportRefused)) throw thrown
      const place = thrown.place.replace(/^line 1\b/u, `line ${at + 1}`)
      throw new ExportRefused(place, thrown.problem, thrown.met)
    }
  })
}

function readJson(value: Json, form: string | undefined): Export {
  refuseUnfinished(value)
  if (isRecord(value)) {
    if ('conditional_access_policies' in value || 'privileged_roles' in value)
      return readScuba(value)
    if (isRecord(value['meta']) && isList(value['data'])) return readSharpHound(value)
    if (isList(value['accounts'])) return readListed(csvRows(value['accounts']), form)
    if (isList(value['users']) && recordsOf(value['users']).some((one) => 'primaryEmail' in one))
      return readGoogle(list(value['users'], 'users'))
    if (isList(value['response'])) return readDuo(list(value['response'], 'response'))
  }
  const all = isList(value) ? entriesOf(list(value, '')) : undefined
  const [first] = all ?? []
  if (all !== undefined && first !== undefined) {
    if ('primaryEmail' in first) return readGoogle(all)
    if ('factorType' in first) return readOktaFactors(all)
    if (isRecord(first['profile']) && 'status' in first) return readOktaUsers(all)
    if ('user_id' in first && 'username' in first) return readDuo(all)
  }
  return readGraph(value)
}

/** A row that is no object is refused with its place, not passed over. */
function list(value: Json | undefined, name: string): readonly Source[] {
  const rows = isList(value) ? value : []
  return rows.map((one, at) => {
    if (!isRecord(one)) throw new ExportRefused(`${name}[${at}]`, 'bad_value', shown(one))
    return one
  })
}

function csvRows(value: Json) {
  return list(value, 'accounts').map((one, at) => ({
    line: at + 1,
    cells: new Map(
      Object.entries(one).map(([key, cell]) => [
        key.toLowerCase(),
        isList(cell) ? cell.map(plain).join(';') : plain(cell),
      ]),
    ),
  }))
}

/** The same thing twice is said once: exports repeat memberships, and pages overlap. */
function joined(made: Export): Export {
  const seen = new Map<string, (typeof made.rows)[number]>()
  for (const one of made.rows) {
    const key = `${one.kind}\u0000${one.id}`
    const known = seen.get(key)
    seen.set(key, known === undefined ? one : { ...one, body: { ...known.body, ...one.body } })
  }
  return { ...made, rows: [...seen.values()] }
}
