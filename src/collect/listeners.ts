// Every way lines reach a running station: syslog, HTTP, flows, providers, queues, the inbox and followed files, opened and
// closed together.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Clock, Settings } from '../core/index.ts'
import { dataFolders } from '../core/index.ts'
import { describeError, wordsOf } from '../words/index.ts'
import { cloudOnDemand } from './cloud/on-demand.ts'
import type { CloudOnDemand } from './cloud/on-demand.ts'
import type { CloudService } from './cloud/start-cloud.ts'
import { startFollow, startInbox } from './files/index.ts'
import type { Claim } from './files/index.ts'
import type { Positions } from './files/positions.ts'
import { startFlows } from './flows/index.ts'
import type { FlowEvent, FlowsCounters } from './flows/index.ts'
import { startHttpIntake } from './http/index.ts'
import type { Intake } from './intake.ts'
import { queuesOnDemand } from './queues/on-demand.ts'
import type { QueueService } from './queues/start-queues.ts'
import { makeCertificate, startSyslog } from './syslog/index.ts'
import type { Certificate, SyslogCounters, SyslogEvent } from './syslog/index.ts'

export type ListenersOptions = {
  readonly intake: Intake
  /** How far files were read. */
  readonly positions: Positions
  readonly settings: Settings
  readonly clock: Clock
  /** The source's name for an intake token, or null when the token is not known. */
  readonly checkToken: (token: string) => Promise<string | null>
  /** Content that says how providers are asked; of two with one name the first. Asked again at `reloadCollectors`. */
  readonly collectorFolders: () => readonly string[]
  /** What UDP may bring beyond what the intake asks for; 16 MiB where nothing is said. */
  readonly overrunBytes?: number
  /** Takes what is no log out of the inbox. */
  readonly claim?: Claim
  /** A sentence for the operator. */
  readonly onNote: (sentence: string) => void
}

export type Listeners = {
  readonly syslog: string
  readonly syslogTls: string
  readonly http: string
  readonly flows: string
  readonly inbox: string
  readonly cloud: CloudService
  readonly queues: QueueService
  /** Collectors changed: accounts are read on with the new ones. */
  readonly reloadCollectors: () => Promise<void>
  readonly counters: () => SyslogCounters & { readonly flows: FlowsCounters }
  readonly close: () => Promise<void>
}

/** Throws ADDRESS_IN_USE when a port is taken; nothing stays open then. */
export async function openListeners(options: ListenersOptions): Promise<Listeners> {
  const { settings } = options
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.toReversed()) await closer()
  }
  try {
    const syslog = await openSyslog(options)
    closers.push(syslog.close)
    const http = await openHttp(options)
    closers.push(http.close)
    const flows = await openFlows(options)
    closers.push(flows.close)
    const files = await openFiles(options)
    closers.push(files.close)
    const cloud = openCloud(options)
    closers.push(cloud.close)
    const queues = await openQueueReaders(options)
    closers.push(queues.close)
    const host = settings.listen
    return {
      syslog: `${host}:${syslog.addresses.tcp ?? 0}`,
      syslogTls: `${host}:${syslog.addresses.tls ?? 0}`,
      http: `http://${host}:${http.port}`,
      flows: `${host}:${flows.port}`,
      inbox: files.folder,
      cloud,
      queues,
      reloadCollectors: cloud.reload,
      counters: () => ({ ...syslog.counters(), flows: flows.counters() }),
      close,
    }
  } catch (cause) {
    await close()
    throw cause
  }
}

async function openSyslog(options: ListenersOptions) {
  const { intake, settings, clock, onNote, overrunBytes } = options
  const { listen: host, syslogPort, syslogTlsPort } = settings
  return startSyslog({
    intake,
    host,
    udpPort: syslogPort,
    tcpPort: syslogPort,
    tlsPort: syslogTlsPort,
    tls: await certificate(dataFolders(settings.data).keys, clock.nowMs()),
    ...(overrunBytes === undefined ? {} : { overrunBytes }),
    onEvent: (event) => onNote(syslogSentence(event, settings.language)),
  })
}

function syslogSentence(event: SyslogEvent, language: Settings['language']): string {
  const { syslog } = wordsOf(language).collect
  switch (event.kind) {
    case 'runaway':
      return syslog.runaway(event)
    case 'connection_failed':
      return syslog.connection_failed(event)
    case 'handshake_failed':
      return syslog.handshake_failed(event)
    case 'too_many_connections':
      return syslog.too_many_connections(event)
    case 'datagrams_dropped':
      return syslog.datagrams_dropped(event)
    case 'listener_failed':
      return syslog.listener_failed(event)
    default:
      return event satisfies never
  }
}

/** The station's own certificate; an operator may put a real one in its place. */
async function certificate(folder: string, nowMs: number): Promise<Certificate> {
  const [keyFile, certFile] = [join(folder, 'syslog-key.pem'), join(folder, 'syslog-cert.pem')]
  if (existsSync(keyFile) && existsSync(certFile)) {
    return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') }
  }
  const made = await makeCertificate([hostname(), 'localhost', '127.0.0.1', '::1'], nowMs)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(keyFile, made.key, { mode: 0o600 })
  writeFileSync(certFile, made.cert)
  return made
}

async function openHttp({ intake, settings, checkToken, onNote }: ListenersOptions) {
  return startHttpIntake({
    intake,
    checkToken,
    host: settings.listen,
    port: settings.httpPort,
    language: settings.language,
    onTrouble: onNote,
  })
}

async function openFlows({ intake, settings, clock, onNote, overrunBytes }: ListenersOptions) {
  return startFlows({
    intake,
    host: settings.listen,
    port: settings.flowPort,
    nowMs: clock.nowMs,
    overrunBytes,
    onEvent: (event) => onNote(flowSentence(event, settings.language)),
  })
}

function openCloud(options: ListenersOptions): CloudOnDemand {
  const { intake, positions, settings, clock, collectorFolders, onNote } = options
  const { cloud: folder, collectors: own } = dataFolders(settings.data)
  return cloudOnDemand({
    folder,
    collectorFolders: () => [...collectorFolders(), own],
    intake,
    positions,
    nowMs: clock.nowMs,
    environment: process.env,
    onEvent: (_event, sentence) => onNote(sentence(settings.language)),
    onTrouble: (cause) => onNote(describeError(cause, settings.language)),
  })
}

async function openQueueReaders(options: ListenersOptions): Promise<QueueService> {
  const { intake, positions, settings, onNote } = options
  return queuesOnDemand({
    redis: settings.redis,
    kafka: settings.kafka,
    intake,
    positions,
    onEvent: (_event, sentence) => onNote(sentence(settings.language)),
  })
}

function flowSentence(event: FlowEvent, language: Settings['language']): string {
  const { flows } = wordsOf(language).collect
  return event.kind === 'failed' ? flows.failed(event) : flows[event.kind](event)
}

async function openFiles({ intake, settings, positions, claim, onNote }: ListenersOptions) {
  const folder = dataFolders(settings.data).inbox
  mkdirSync(folder, { recursive: true })
  const inbox = await startInbox({
    folder,
    intake,
    positions,
    claim,
    language: settings.language,
    onFile: (event) => {
      if (event.kind === 'waits') onNote(`${event.file}: ${event.reason}`)
    },
  })
  const following = startFollow({
    intake,
    positions,
    paths: settings.follow,
    onTrouble: ({ file, reason }) => onNote(`${file}: ${reason}`),
  })
  return {
    folder,
    close: async () => {
      await inbox.close()
      await following.close()
    },
  }
}
