// Every English sentence, one part for each place it is read in. The type `Words` is made from this file.

import { audit } from './en/audit.ts'
import { blind } from './en/blind.ts'
import { campaigns } from './en/campaigns.ts'
import { cases } from './en/cases.ts'
import { cli } from './en/cli.ts'
import { collect } from './en/collect.ts'
import { collection } from './en/collection.ts'
import type { consoleRooms } from './en/console-rooms.ts'
import { consoleWords } from './en/console.ts'
import { detect } from './en/detect.ts'
import { devices } from './en/devices.ts'
import { errors } from './en/errors.ts'
import { evidence } from './en/evidence.ts'
import { exercise } from './en/exercise.ts'
import { exposure } from './en/exposure.ts'
import { fleetReport } from './en/fleet-report.ts'
import { hunt } from './en/hunt.ts'
import { identity } from './en/identity.ts'
import { indicators } from './en/indicators.ts'
import { networks } from './en/networks.ts'
import { notices } from './en/notices.ts'
import { readiness } from './en/readiness.ts'
import { reportUp } from './en/report-up.ts'
import { report } from './en/report.ts'
import { segment } from './en/segment.ts'
import { sensors } from './en/sensors.ts'
import { server } from './en/server.ts'
import { shareContent } from './en/share-content.ts'
import { share } from './en/share.ts'
import { sharing } from './en/sharing.ts'
import { threshold } from './en/threshold.ts'
import { tools } from './en/tools.ts'
import { traces } from './en/traces.ts'

export const en = {
  audit,
  blind,
  campaigns,
  cases,
  cli,
  collect,
  collection,
  console: consoleWords,
  detect,
  devices,
  errors,
  exposure,
  evidence,
  exercise,
  fleetReport,
  hunt,
  identity,
  indicators,
  networks,
  notices,
  readiness,
  report,
  segment,
  sensors,
  server,
  share,
  shareContent,
  sharing,
  reportUp,
  threshold,
  tools,
  traces,
}

/** Literal strings widen, so that French may differ. */
type Widen<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => string
    ? (...parameters: P) => string
    : { readonly [K in keyof T]: Widen<T[K]> }

export type Words = Widen<typeof en>

/** Only the console reads them, and fetches them itself. */
export type RoomWords = Widen<typeof consoleRooms>
