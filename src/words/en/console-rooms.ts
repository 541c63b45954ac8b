// Words of the places that are not on the way from an alert to its events: fetched when one of them is opened.

import { analytics } from './analytics.ts'
import { consoleBackground } from './console-background.ts'
import { consoleCases } from './console-cases.ts'
import { deviceScreens } from './console-devices.ts'
import { consoleEntity } from './console-entity.ts'
import { consoleEvidence } from './console-evidence.ts'
import { consoleExercise } from './console-exercise.ts'
import { consoleExposure } from './console-exposure.ts'
import { consoleIdentity } from './console-identity.ts'
import { consoleLists } from './console-lists.ts'
import { consoleNotices } from './console-notices.ts'
import { consoleReadiness } from './console-readiness.ts'
import { consoleSharing } from './console-sharing.ts'
import { coverage } from './coverage.ts'
import { workbench } from './workbench.ts'

export const consoleRooms = {
  cases: consoleCases,
  ...deviceScreens,
  notices: consoleNotices,
  entityPage: consoleEntity,
  sharing: consoleSharing,
  exposure: consoleExposure,
  identity: consoleIdentity,
  readiness: consoleReadiness,
  evidence: consoleEvidence,
  exercise: consoleExercise,
  ...consoleLists,
  workbench,
  analytics,
  background: consoleBackground,
  coverage,
}
