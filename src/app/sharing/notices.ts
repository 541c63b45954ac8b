// Notices of a running station: a hub tells whom it must and hears answers; any station hears its hubs and registers itself.

import { readFileSync } from 'node:fs'
import { VigieError, dataFolders, reasonOf } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { Station } from '../../server/index.ts'
import {
  answerByCode,
  answerNotice,
  answerTold,
  callSheet,
  confirmHoldings,
  enterOrganisation,
  findCode,
  importReport,
  listNotices,
  listOrganisations,
  listTold,
  listUnplaced,
  noteCall,
  noticeEffect,
  openDkimKey,
  openMailer,
  openNotices,
  organisationId,
  placeAgain,
  postSigned,
  readOwnRegistration,
  readSelf,
  registerOwn,
  removeOrganisation,
  settleUnplaced,
  upSender,
  webhookSender,
} from '../../share/index.ts'
import type {
  DkimKey,
  Member,
  PlainMail,
  RunningNotices,
  Senders,
  SignedPost,
  StationKey,
} from '../../share/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'

export type NoticesParts = {
  readonly records: Records
  readonly key: StationKey
  readonly member: Member
  readonly isHub: boolean
  readonly settings: Settings
  readonly clock: Clock
  readonly onArrived: () => Promise<void>
  readonly onTrouble: (cause: unknown) => void
}

/** Ways out for what the station says of itself. `mail` is absent where no mail server is set. */
export type Tell = {
  readonly mail: ((mail: PlainMail) => Promise<void>) | undefined
  readonly webhook: (post: SignedPost) => Promise<void>
}

export type Notices = {
  readonly tell: Tell
  readonly service: Station['notices']
  readonly nudge: () => void
  readonly close: () => Promise<void>
}

/** Throws SETTING_INVALID for a password file that cannot be read. */
export function startNotices(parts: NoticesParts): Notices {
  const { records, key, isHub, settings, clock, onArrived, onTrouble } = parts
  const from = async () => ({
    hub: (await readSelf(records)).organisation,
    answerAddress: settings.answerAddress ?? null,
  })
  const dkim = isHub ? dkimOf(settings) : undefined
  const mailer = mailerOf(parts, from, dkim)
  const webhook = { key, mayBePrivate: settings.webhookPrivate === 'on' }
  const senders: Senders = {
    email:
      mailer?.send ??
      (async () => Promise.reject(new Error('no mail server is set (--mail-server)'))),
    webhook: webhookSender(webhook, from, clock),
    hub: upSender(records, key),
  }
  const running = isHub
    ? openNotices({
        hub: { records, cohortFloor: settings.cohortFloor },
        clock,
        secret: key.key,
        senders,
        onArrived,
        onTrouble,
      })
    : undefined
  const nudge = () => running?.nudge()
  return {
    nudge,
    tell: { mail: mailer?.plain, webhook: (post) => postSigned(webhook, clock, post) },
    service: {
      ...hubService(parts, running, dkim),
      ...memberService(parts),
      ...organisationService(parts, nudge),
    },
    close: async () => {
      await running?.close()
      mailer?.close()
    },
  }
}

function dkimOf({
  data,
  mailDkimSelector: selector,
  mailFrom: from,
}: Settings): DkimKey | undefined {
  if (selector === undefined || from === undefined) return undefined
  return openDkimKey(dataFolders(data).keys, { selector, from })
}

function mailerOf(
  { settings, clock }: NoticesParts,
  from: Parameters<typeof openMailer>[1],
  dkim: DkimKey | undefined,
) {
  const { mailServer: server, mailFrom, mailPasswordFile: file } = settings
  if (server === undefined || mailFrom === undefined) return undefined
  return openMailer({ server, from: mailFrom, password: passwordIn(file), dkim }, from, clock)
}

function passwordIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  try {
    return readFileSync(file, 'utf8').trimEnd()
  } catch (cause) {
    throw new VigieError(
      'SETTING_INVALID',
      { name: 'mailPasswordFile', met: file, expected: reasonOf(cause) },
      { cause },
    )
  }
}

function needHub(isHub: boolean): void {
  const { met, expected } = wordsOf('en').sharing.noHub
  if (!isHub) throw new VigieError('BAD_REQUEST', { met, expected })
}

const MOST_REPORT_BYTES = 64 * 1024 * 1024

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > MOST_REPORT_BYTES)
      throw new VigieError('BAD_REQUEST', {
        met: `${size} B`,
        expected: wordsOf('en').notices.report.tooLarge,
      })
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

type HubService = Pick<
  Station['notices'],
  | 'list'
  | 'answer'
  | 'called'
  | 'settle'
  | 'report'
  | 'effect'
  | 'sheet'
  | 'codeState'
  | 'answerCode'
  | 'answerHost'
>

function hubService(
  parts: NoticesParts,
  running: RunningNotices | undefined,
  dkim: DkimKey | undefined,
): HubService {
  const { records, isHub, settings, clock } = parts
  const nowMs = () => clock.nowMs()
  return {
    list: async (filter) => {
      const { unplaced, total } = await listUnplaced(records)
      return {
        asOf: new Date(nowMs()).toISOString(),
        isHub,
        channels: {
          email: settings.mailServer !== undefined,
          answerAddress: settings.answerAddress ?? null,
          dkim: dkim?.record ?? null,
        },
        notices: [...(await listNotices(records, filter))],
        unplaced: [...unplaced],
        unplacedTotal: total,
      }
    },
    answer: (notice, { answer, by, comment }, who) =>
      answerNotice(records, {
        notice,
        answer,
        who: by === undefined ? who : `${by} (${who})`,
        comment,
        nowMs: nowMs(),
      }),
    called: (notice, call, who) => noteCall(records, { notice, ...call, who, nowMs: nowMs() }),
    settle: (id, who) => settleUnplaced(records, id, { who, nowMs: nowMs() }),
    report: async (bytes, ask) => {
      needHub(isHub)
      const taken = await importReport(records, await textOf(bytes), { ask, nowMs: nowMs() })
      running?.nudge()
      return taken
    },
    effect: () => noticeEffect(records, nowMs()),
    sheet: (id, language) => sheetOf(records, id, language),
    codeState: async (code) => (await findCode(records, code)).state,
    answerCode: (code, answer, comment) =>
      answerByCode(records, { code, answer, comment, nowMs: nowMs() }),
    answerHost:
      settings.answerAddress === undefined ? undefined : new URL(settings.answerAddress).hostname,
  }
}

async function sheetOf(records: Records, id: string, language: Language) {
  const notice = (await listNotices(records, { limit: 1000 })).find((one) => one.id === id)
  if (notice === undefined) return undefined
  const registered = (await listOrganisations(records)).find(
    (one) => one.id === notice.organisation,
  )
  const { organisation: hub } = await readSelf(records)
  return callSheet({ notice, contacts: registered?.contacts ?? [], hub, language })
}

function memberService({
  records,
  member,
  clock,
}: NoticesParts): Pick<Station['notices'], 'told' | 'answerTold' | 'own' | 'register'> {
  const nowMs = () => clock.nowMs()
  return {
    told: async () => ({
      asOf: new Date(nowMs()).toISOString(),
      told: [...(await listTold(records))],
    }),
    answerTold: async (id, ask, who) => {
      const isKnown = await answerTold(records, id, { ask, who, nowMs: nowMs() })
      member.nudge()
      return isKnown
    },
    own: () => readOwnRegistration(records, nowMs()),
    register: async (registration, who) => {
      await registerOwn(records, registration, { who, nowMs: nowMs() })
      member.nudge()
    },
  }
}

function organisationService(
  { records, isHub, clock }: NoticesParts,
  nudge: () => void,
): Pick<Station['notices'], 'organisations' | 'enter' | 'confirm' | 'remove'> {
  const again = async () => {
    await placeAgain(records, clock.nowMs())
    nudge()
  }
  return {
    organisations: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      organisations: [...(await listOrganisations(records))],
    }),
    enter: async ({ id: meant, registration }, who) => {
      needHub(isHub)
      const id = await organisationId(records, meant)
      await enterOrganisation(records, {
        id,
        registration,
        source: 'operator',
        who,
        nowMs: clock.nowMs(),
      })
      await again()
      return id
    },
    confirm: async (ask, who) => {
      const changed = await confirmHoldings(records, ask, { who, nowMs: clock.nowMs() })
      await again()
      return changed
    },
    remove: (id) => removeOrganisation(records, id),
  }
}
