// A station among witnesses, over real sockets: a hub and other members sign its log under a quorum; what was put back or written
// anew is found by them; a month without anybody is caught up with.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql as kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_MS } from '../../core/index.ts'
import { PLAIN_SEAL } from '../../share/blind/blind.test-helper.ts'
import {
  hubLink,
  joinHub,
  openHub,
  openSelf,
  openStationKey,
  switchWitnessing,
} from '../../share/index.ts'
import type { HubLink, RunningHub, StationKey } from '../../share/index.ts'
import { draftAgreement } from '../../share/peer/agreement.ts'
import { encodeHubCode } from '../../share/peer/hub-code.ts'
import { endPeer, findPeer, invite } from '../../share/peer/peers.ts'
import { witnessRound } from '../../share/witness/ask-hub.ts'
import type { OwnAnswer } from '../../share/witness/ask-hub.ts'
import { WITNESS_PATHS } from '../../share/witness/witness-port.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { encodeEntry } from '../batch/entry.ts'
import { checkBundle } from '../bundle/check-bundle.ts'
import { appendWaiting } from '../log/append.ts'
import { openLogKey, signCheckpoint } from '../log/sign-checkpoint.ts'
import { openCheckpoint } from '../notes/checkpoint.ts'
import { verifierKeyText } from '../notes/keys.ts'
import type { SignerKey } from '../notes/keys.ts'
import { addCheckpointText, considerCheckpoint } from './add-checkpoint.ts'
import { newestUnderQuorum } from './cosigned.ts'
import { readPolicy, readQuorum } from './quorum.ts'
import { hashOfOrigin, openWitnessKey } from './sign-logs.ts'
import { trustedWitnesses } from './trusted.ts'
import { openWitnessing } from './witnessing.ts'
import type { WitnessRoom } from './witnessing.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-witness-'))
const START = Date.now()
let nowMs = START
const clock = { nowMs: () => nowMs }

type Site = {
  readonly name: string
  readonly records: Records
  readonly key: StationKey
  readonly log: SignerKey
  readonly room: WitnessRoom
  readonly said: string[]
}
const sites: Site[] = []
const links: HubLink[] = []
let hub: Site
let port: RunningHub
let town: Site
let nation: Site
let board: Site

async function open(name: string): Promise<Site> {
  const records = await openTemporaryRecords()
  const keys = join(folder, name)
  const log = openLogKey(keys, `vigie/${name}`)
  const said: string[] = []
  const room = openWitnessing({
    records,
    log,
    witness: openWitnessKey(keys),
    nowMs: clock.nowMs,
    onProblem: async ({ organisation, problem }) => void said.push(`${organisation}: ${problem}`),
    onFlaw: async ({ organisation, kind }) => void said.push(`log of ${organisation}: ${kind}`),
  })
  await openSelf(records, name, START)
  const site = { name, records, key: await openStationKey(keys, clock), log, room, said }
  sites.push(site)
  return site
}

beforeAll(async () => {
  hub = await open('hub')
  port = await openHub({
    records: hub.records,
    clock,
    key: hub.key,
    witness: hub.room,
    host: '127.0.0.1',
    port: 0,
    cohortFloor: 2,
    seal: PLAIN_SEAL,
    onTrouble: (cause) => {
      throw cause
    },
  })
  for (const name of ['town', 'nation', 'board']) await joinHubAs(await open(name))
  const [, first, second, third] = sites
  if (first === undefined || second === undefined || third === undefined) throw new Error('sites')
  town = first
  nation = second
  board = third
  for (const site of [town, nation]) await switchOn(site)
})
afterAll(async () => {
  for (const link of links) link.close()
  await port.close()
  for (const { records } of sites) await records.destroy()
  rmSync(folder, { recursive: true, force: true })
})

async function joinHubAs(site: Site): Promise<void> {
  const { identity, organisation } = await openSelf(hub.records, 'hub', START)
  const terms = { relation: 'client', approval: 'automatic', onward: false, days: 365 } as const
  const agreement = draftAgreement({
    hub: { identity, organisation },
    terms,
    cohortFloor: 2,
    nowMs,
  })
  const { secret } = await invite(hub.records, { name: site.name, agreement, nowMs })
  const code = encodeHubCode({ address: `127.0.0.1:${port.port}`, pin: hub.key.pin, secret })
  const self = await openSelf(site.records, site.name, START)
  const asked = { records: site.records, key: site.key, self, nowMs }
  const { digest } = await joinHub(asked, { code })
  await joinHub(asked, { code, accept: digest, by: 'A person' })
}

const switchOn = (site: Site, isOn = true) =>
  switchWitnessing(site.records, { peer: 'hub', isOn }, { who: 'A person', nowMs })

/** Lines of evidence come, and are signed by the station itself. */
async function grow({ records, log, name }: Site, notes: readonly string[]): Promise<string> {
  for (const about of notes)
    await records
      .insertInto('evidence_entries')
      .values({
        id: `note:${about}`,
        kind: 'note',
        at: null,
        entry: encodeEntry({ type: 'note', about, digest: '0'.repeat(64), made: START }),
        chunks: new Uint8Array(),
        made: new Date(START),
      })
      .execute()
  await appendWaiting(records)
  return signCheckpoint({ records, key: log, folder: join(folder, name, 'kept'), nowMs })
}

const pending = new Map<string, readonly OwnAnswer[]>()
/** One question of a member; undefined when it does not ask. */
async function round(site: Site): Promise<readonly OwnAnswer[] | undefined> {
  const peer = await findPeer(site.records, 'hub')
  if (peer === undefined) throw new Error('not joined')
  const link = hubLink({ address: `127.0.0.1:${port.port}`, pin: hub.key.pin }, site.key)
  const at = { records: site.records, peer, link, port: site.room, nowMs }
  const answers = await witnessRound(at, pending.get(site.name) ?? [])
  link.close()
  pending.set(site.name, answers ?? pending.get(site.name) ?? [])
  return answers
}
/** As often as it takes for a question to go over the hub to a member and back. */
async function rounds(...of: readonly Site[]): Promise<void> {
  for (let at = 0; at < 4; at += 1) for (const site of of) await round(site)
}

const bundleOf = (site: Site, checkpoint: string, policy?: string) => ({
  format: 'vigie-evidence-1',
  made: new Date(nowMs).toISOString(),
  key: verifierKeyText(site.log),
  checkpoint,
  ...(policy === undefined ? {} : { policy }),
  entries: [],
  lines: [],
})

test('nobody is asked before a person switched it on', async () => {
  await grow(board, ['first'])
  expect(await round(board)).toBeUndefined()
  expect(await hub.room.state()).toMatchObject({ logs: [] })
})

test('the hub and another member sign the same checkpoint, and the quorum is met', async () => {
  await grow(nation, ['n1'])
  await grow(town, ['t1', 't2', 't3'])
  await rounds(nation, town)
  const before = await town.room.state()
  expect(before.witnesses.map(({ organisation, isHub }) => [organisation, isHub])).toEqual([
    ['hub', true],
    ['nation', false],
  ])
  expect(before.quorum.state).toBe('none')
  // Nobody compared a key: there is nobody who could make a quorum, by number or by name.
  await expect(town.room.setQuorum({ least: 1 }, 'admin')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  const [invented = ''] = before.witnesses.map(({ key }) => key)
  await expect(
    town.room.setQuorum({ policy: `witness w ${invented}\nquorum w\n` }, 'admin'),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(before.witnesses.map(({ fingerprint }) => fingerprint)).toEqual([null, null])
  await expect(town.room.confirm('0'.repeat(32), 'Ann')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  // Each reads out what its own page shows.
  for (const { room } of [hub, nation])
    await town.room.confirm((await room.state()).fingerprint.toLowerCase(), 'Ann')
  await town.room.setQuorum({ least: 2, by: 'The clerk' }, 'admin')
  nowMs += 5 * 60_000
  await grow(town, ['t4'])
  await rounds(town, nation)
  const { quorum, witnesses } = await town.room.state()
  expect(quorum).toMatchObject({ state: 'met', size: 4, setBy: 'The clerk (admin)' })
  expect(witnesses.map(({ size, isInQuorum, problem }) => [size, isInQuorum, problem])).toEqual([
    [4, true, null],
    [4, true, null],
  ])
  // The nation's log is signed by the town as well, and the hub's own by both.
  expect((await nation.room.state()).witnesses.find(({ isHub }) => !isHub)?.size).toBe(1)
  await grow(hub, ['h1'])
  await rounds(town, nation)
  expect((await hub.room.state()).witnesses.map(({ size }) => size)).toEqual([1, 1])
})

test('a bundle carries the quorum, and whoever checks may bring another', async () => {
  const policy = await readPolicy(town.records)
  if (policy === undefined) throw new Error('no policy')
  const cosigned = await newestUnderQuorum(town.records, policy)
  const { policy: text } = await readQuorum(town.records, nowMs)
  const bundle = bundleOf(town, cosigned?.note ?? '', text ?? undefined)
  const keys = [verifierKeyText(town.log)]
  expect(checkBundle(bundle, { keys })).toMatchObject({
    quorum: 'met',
    isOwnPolicy: true,
    flaws: [],
  })
  const [, hubLine] = (text ?? '').split('\n')
  const own = `${hubLine ?? ''}\nquorum w1\n`
  expect(checkBundle(bundle, { keys, policy: own })).toMatchObject({
    quorum: 'met',
    isOwnPolicy: false,
  })
  // The station's signature alone, or a witness that did not sign, is not enough.
  const alone = (cosigned?.note ?? '').split('\n').slice(0, 5).join('\n')
  expect(checkBundle({ ...bundle, checkpoint: `${alone}\n` }, { keys })).toMatchObject({
    quorum: 'not met',
    flaws: [{ what: 'checkpoint', reason: 'the quorum is not met' }],
  })
  const stranger = `witness s ${verifierKeyText(openWitnessKey(join(folder, 'stranger')))}\nquorum s\n`
  expect(checkBundle(bundle, { keys, policy: stranger }).quorum).toBe('not met')
  expect(checkBundle(bundle, { keys, policy: 'quorum' }).flaws).toMatchObject([{ what: 'policy' }])
  const other = `log ${verifierKeyText(nation.log)}\nquorum none\n`
  expect(checkBundle(bundle, { keys, policy: other }).flaws).toMatchObject([{ what: 'policy' }])
})

test('what the hub signed last is asked by its address, of one’s own log alone', async () => {
  const path = (of: Site) => `/vigie/witness/${hashOfOrigin(of.log.name)}/checkpoint`
  const link = hubLink({ address: `127.0.0.1:${port.port}`, pin: hub.key.pin }, town.key)
  links.push(link)
  const { status, body } = await link.getText(path(town))
  expect(status).toBe(200)
  expect(openCheckpoint(body, [town.log]).ok).toBe(true)
  expect((await link.getText(path(nation))).status).toBe(404)
})

test('a month alone: the log is signed by the station, the page says so, and one round makes up for it', async () => {
  for (let day = 0; day < 30; day += 1) {
    nowMs += DAY_MS
    await grow(town, [`day ${day}`])
  }
  expect(await readQuorum(town.records, nowMs)).toMatchObject({ state: 'not met', size: 4 })
  await rounds(town, nation)
  expect(await readQuorum(town.records, nowMs)).toMatchObject({ state: 'met', size: 34 })
  expect(town.said).toEqual([])
})

test('nobody answers for another, and a known log keeps its key', async () => {
  const link = hubLink({ address: `127.0.0.1:${port.port}`, pin: hub.key.pin }, board.key)
  links.push(link)
  const exchange = (body: object) => link.post(WITNESS_PATHS.exchange, body)
  const own = { log: board.room.log, witness: board.room.witness, requests: [], answers: [] }
  // Another's key as a witness, another's name with a key of one's own, another's log.
  expect((await exchange({ ...own, witness: nation.room.witness })).status).toBe(409)
  const twin = verifierKeyText(openLogKey(join(folder, 'twin'), town.log.name))
  expect((await exchange({ ...own, log: twin })).status).toBe(409)
  expect((await exchange({ ...own, log: town.room.log })).status).toBe(409)
  expect((await exchange({ ...own, requests: 'x' })).status).toBe(422)
  // A forged answer names a log; it is kept under the board's own key only, which the town never asked.
  await grow(town, ['asks again'])
  nowMs += 15 * 60_000
  await round(town)
  const forged = { log: town.room.log, status: 200, body: '— vigie/witness/x AAAA\n' }
  expect((await exchange({ ...own, answers: [forged] })).status).toBe(200)
  await rounds(town, nation)
  expect(town.said).toEqual([])
  expect((await town.room.state()).witnesses.every(({ problem }) => problem === null)).toBe(true)
  expect((await link.postText(WITNESS_PATHS.add, 'old 0\n\nx')).status).toBe(400)
  expect((await link.postText(WITNESS_PATHS.add, 'x'.repeat(70_000))).status).toBe(400)
})

async function putBack(site: Site): Promise<void> {
  for (const table of [
    'evidence_entries',
    'evidence_tiles',
    'evidence_checkpoints',
    'witness_round',
  ])
    await kysely`DELETE FROM ${kysely.table(table)}`.execute(site.records)
  await kysely`DELETE FROM witness_cosignatures`.execute(site.records)
  await kysely`UPDATE evidence_log SET size = 0`.execute(site.records)
  // With the whole machine, the file beside the records goes too.
  rmSync(join(folder, site.name, 'kept'), { recursive: true, force: true })
}

test('put back to an older state: the witnesses have seen more, refuse, and say so on both sides', async () => {
  await putBack(town)
  await grow(town, ['t1', 't2', 't3'])
  await rounds(town, nation)
  expect(town.said.toSorted()).toEqual(['hub: larger', 'nation: larger'])
  expect(hub.said).toEqual(['log of town: smaller'])
  expect(nation.said).toEqual(['log of town: smaller'])
  expect(
    (await hub.room.state()).logs.find(({ organisation }) => organisation === 'town'),
  ).toMatchObject({
    size: 35,
    flaw: { kind: 'smaller' },
  })
  // Said once, not at every question.
  await rounds(town, nation)
  expect(town.said).toHaveLength(2)
})

test('written anew beyond what was signed: no proof leads there, and nobody signs', async () => {
  await grow(
    town,
    Array.from({ length: 60 }, (_, at) => `another past ${at}`),
  )
  nowMs += 30 * 60_000
  await rounds(town, nation)
  expect(town.said.slice(2).toSorted()).toEqual(['hub: different', 'nation: different'])
  expect(await readQuorum(town.records, nowMs)).toMatchObject({ state: 'not met' })
  expect(
    (await hub.room.state()).logs.find(({ organisation }) => organisation === 'town')?.size,
  ).toBe(35)
})

test('who left is asked no more, and its questions go nowhere', async () => {
  await switchOn(nation, false)
  expect(await round(nation)).toBeUndefined()
  await endPeer(hub.records, { name: 'nation', by: 'us', isTold: false, nowMs })
  await switchOn(board)
  await round(board)
  const known = (await board.room.state()).witnesses.map(({ organisation }) => organisation)
  expect(known).toEqual(['hub', 'town'])
})

test('witnesses that a hub makes up count for nothing, however many sign', async () => {
  const { records, room } = board
  await grow(board, ['b2'])
  const made = Array.from({ length: 3 }, (_, at) => openWitnessKey(join(folder, `made-up-${at}`)))
  await room.meet(
    'hub',
    made.map((key, at) => ({
      key: verifierKeyText(key),
      organisation: `Town ${at}`,
      isHub: false,
    })),
  )
  expect(await trustedWitnesses(records)).toEqual(new Set())
  const named = made.map((key, at) => `witness w${at} ${verifierKeyText(key)}`)
  const policy = `${named.join('\n')}\ngroup g any w0 w1 w2\nquorum g\n`
  await expect(room.setQuorum({ policy }, 'admin')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  // Nor where such a policy was set before keys had to be compared.
  await records
    .insertInto('witness_policies')
    .values({ policy, made: new Date(nowMs), made_by: 'before' })
    .execute()
  for (const { to, body } of await room.requests('hub')) {
    const key = made.find((one) => verifierKeyText(one) === to)
    if (key === undefined) continue
    const answer = considerCheckpoint(body, {
      log: board.log,
      seen: undefined,
      witness: key,
      nowMs,
    })
    await room.take('hub', to, answer.answer)
  }
  const { witnesses, quorum } = await room.state()
  expect(
    witnesses.filter(({ organisation, size }) => organisation.startsWith('Town') && size > 0),
  ).toHaveLength(3)
  expect(quorum.size).toBeNull()
})

test('a witness that is removed is asked no more, counts no more, and does not come back by being named', async () => {
  const before = await town.room.state()
  const one = before.witnesses.find(({ isHub, isInQuorum }) => !isHub && isInQuorum)
  const key = one?.key ?? ''
  // The quorum names it: first another quorum, so that nobody loses one unnoticed.
  await expect(town.room.remove(key, 'Ann')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await town.room.setQuorum({ policy: 'quorum none\n' }, 'admin')
  await town.room.remove(key, 'Ann')
  await grow(town, ['t9'])
  expect((await town.room.requests('hub')).map(({ to }) => to)).not.toContain(key)
  await town.room.meet('hub', [{ key, organisation: 'nation', isHub: false }])
  await rounds(town, nation)
  const after = (await town.room.state()).witnesses.find((each) => each.key === key)
  expect(after).toMatchObject({ removed: { by: 'Ann' }, confirmed: null, size: one?.size })
  expect(await trustedWitnesses(town.records)).not.toContain(key)
  await expect(town.room.remove('w+00000000+AA', 'Ann')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('a station signs a log no more when its people say so, and again when they do', async () => {
  const origin = town.log.name
  const stop = (isStopped: boolean) => nation.room.stop({ origin, isStopped }, 'Bea')
  const [known] = (await nation.room.state()).logs.filter((log) => log.origin === origin)
  expect(known?.stopped).toBeNull()
  await stop(true)
  const [newest] = await town.records
    .selectFrom('evidence_checkpoints')
    .select(['size', 'note'])
    .orderBy('size', 'desc')
    .execute()
  const asked = addCheckpointText({ old: 0n, proof: [], note: newest?.note ?? '' })
  expect(await nation.room.add('hub', asked)).toMatchObject({ status: 403 })
  await stop(false)
  expect((await nation.room.add('hub', asked)).status).not.toBe(403)
  await expect(
    nation.room.stop({ origin: 'nobody', isStopped: true }, 'Bea'),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
