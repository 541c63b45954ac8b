// Every command, each with its words.

import type { Words } from '../words/index.ts'
import { alertsCommand } from './alerts-command.ts'
import { auditCommand } from './audit-command.ts'
import { campaignsCommand } from './campaigns-command.ts'
import { casesCommand } from './cases-command.ts'
import { cloudCommand } from './cloud-command.ts'
import { devicesCommand } from './devices-command.ts'
import { enrichCommand } from './enrich-command.ts'
import { evidenceCommand } from './evidence-command.ts'
import { exerciseCommand } from './exercise-command.ts'
import { exposureCommand } from './exposure-command.ts'
import { huntCommand } from './hunt-command.ts'
import { identityCommand } from './identity-command.ts'
import { intelCommand } from './intel-command.ts'
import { joinCommand } from './join-command.ts'
import { noticesCommand } from './notices-command.ts'
import { peersCommand } from './peers-command.ts'
import { readinessCommand } from './readiness-command.ts'
import { rulesCommand } from './rules-command.ts'
import { scanCommand } from './scan-command.ts'
import { segmentCommand } from './segment-command.ts'
import { sensorCommand } from './sensor-command.ts'
import { sensorsCommand } from './sensors-command.ts'
import { shareCommand } from './share-command.ts'
import { sourcesCommand } from './sources-command.ts'
import { hubCommand, upCommand } from './up-command.ts'

export function commands(words: Words) {
  return {
    up: upCommand(words),
    hub: hubCommand(words),
    join: joinCommand(words),
    peers: peersCommand(words),
    scan: scanCommand(words),
    exercise: exerciseCommand(words),
    audit: auditCommand(words),
    cases: casesCommand(words),
    devices: devicesCommand(words),
    segment: segmentCommand(words),
    hunt: huntCommand(words),
    alerts: alertsCommand(words),
    sources: sourcesCommand(words),
    rules: rulesCommand(words),
    sensor: sensorCommand(words),
    sensors: sensorsCommand(words),
    intel: intelCommand(words),
    evidence: evidenceCommand(words),
    share: shareCommand(words),
    notices: noticesCommand(words),
    campaigns: campaignsCommand(words),
    identity: identityCommand(words),
    readiness: readinessCommand(words),
    cloud: cloudCommand(words),
    exposure: exposureCommand(words),
    enrich: enrichCommand(words),
  }
}
