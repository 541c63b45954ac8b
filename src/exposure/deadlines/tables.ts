// Decision tables as data. CISA BOD 26-04 table 1 and the SSVC trees, as CERT/CC publishes them (github.com/CERTCC/SSVC).

import type { Tier } from '../../model/index.ts'

export type Impact = 'partial' | 'total'
export type Exploitation = 'none' | 'public poc' | 'active'
export type SystemExposure = 'small' | 'controlled' | 'open'
export type HumanImpact = 'low' | 'medium' | 'high' | 'very high'

/** In KEV, publicly exposed, automatable (y or n each), technical impact (P or T). */
const BOD_26_04: Readonly<Record<string, Tier>> = {
  'n n n P': 'upgrade',
  'n n n T': 'upgrade',
  'n n y P': 'sixty-days',
  'n n y T': 'sixty-days',
  'n y n P': 'sixty-days',
  'n y n T': 'fourteen-days',
  'n y y P': 'fourteen-days',
  'n y y T': 'three-days',
  'y n n P': 'fourteen-days',
  'y n n T': 'fourteen-days',
  'y n y P': 'fourteen-days',
  'y n y T': 'three-days-forensic',
  'y y n P': 'fourteen-days',
  'y y n T': 'three-days-forensic',
  'y y y P': 'three-days',
  'y y y T': 'three-days-forensic',
}

export type RiskFactors = {
  readonly exploited: boolean
  readonly exposed: boolean
  readonly automatable: boolean
  readonly impact: Impact
}

export function bodTier({ exploited, exposed, automatable, impact }: RiskFactors): Tier {
  const letter = (yes: boolean) => (yes ? 'y' : 'n')
  const row = `${letter(exploited)} ${letter(exposed)} ${letter(automatable)} ${impact === 'total' ? 'T' : 'P'}`
  return BOD_26_04[row] ?? 'three-days-forensic'
}

export type DeployerPriority = 'defer' | 'scheduled' | 'out-of-cycle' | 'immediate'
const DEPLOYER: Readonly<Record<string, DeployerPriority>> = {
  d: 'defer',
  s: 'scheduled',
  o: 'out-of-cycle',
  i: 'immediate',
}
/** Exploitation, exposure, automatable; a letter for each human impact from low to very high. */
const DEPLOYER_ROWS: Readonly<Record<string, string>> = {
  'none small n': 'ddss',
  'none small y': 'dsss',
  'none controlled n': 'dsss',
  'none controlled y': 'ssss',
  'none open n': 'dsss',
  'none open y': 'ssso',
  'public poc small n': 'dsss',
  'public poc small y': 'ssss',
  'public poc controlled n': 'dsss',
  'public poc controlled y': 'ssso',
  'public poc open n': 'ssso',
  'public poc open y': 'ssoo',
  'active small n': 'ssoo',
  'active small y': 'sooo',
  'active controlled n': 'ssoo',
  'active controlled y': 'oooo',
  'active open n': 'sooi',
  'active open y': 'ooii',
}
const HUMAN_ORDER: readonly HumanImpact[] = ['low', 'medium', 'high', 'very high']

export type DeployerFactors = {
  readonly exploitation: Exploitation
  readonly exposure: SystemExposure
  readonly automatable: boolean
  readonly humanImpact: HumanImpact
}

export function deployerPriority({
  exploitation,
  exposure,
  automatable,
  humanImpact,
}: DeployerFactors): DeployerPriority {
  const row = DEPLOYER_ROWS[`${exploitation} ${exposure} ${automatable ? 'y' : 'n'}`] ?? 'iiii'
  return DEPLOYER[row.charAt(HUMAN_ORDER.indexOf(humanImpact))] ?? 'immediate'
}

export type CoordinatorPriority = 'track' | 'track*' | 'attend' | 'act'
const COORDINATOR: Readonly<Record<string, CoordinatorPriority>> = {
  t: 'track',
  s: 'track*',
  a: 'attend',
  A: 'act',
}
/** Exploitation, automatable, technical impact; a letter for each mission and well-being impact from low to high. */
const COORDINATOR_ROWS: Readonly<Record<string, string>> = {
  'none n partial': 'ttt',
  'none n total': 'tts',
  'none y partial': 'tta',
  'none y total': 'tta',
  'public poc n partial': 'tts',
  'public poc n total': 'tsa',
  'public poc y partial': 'tta',
  'public poc y total': 'tsa',
  'active n partial': 'tta',
  'active n total': 'taA',
  'active y partial': 'aaA',
  'active y total': 'aAA',
}

export type CoordinatorFactors = {
  readonly exploitation: Exploitation
  readonly automatable: boolean
  readonly impact: Impact
  readonly wellBeing: 'low' | 'medium' | 'high'
}

export function coordinatorPriority({
  exploitation,
  automatable,
  impact,
  wellBeing,
}: CoordinatorFactors): CoordinatorPriority {
  const row = COORDINATOR_ROWS[`${exploitation} ${automatable ? 'y' : 'n'} ${impact}`] ?? 'AAA'
  return COORDINATOR[row.charAt(['low', 'medium', 'high'].indexOf(wellBeing))] ?? 'act'
}

export type SafetyImpact = 'negligible' | 'marginal' | 'critical' | 'catastrophic'
export type MissionImpact = 'degraded' | 'mef support crippled' | 'mef failure' | 'mission failure'

/** Safety by mission, from degraded to mission failure: low, medium, high, very high. */
const HUMAN_ROWS: Readonly<Record<SafetyImpact, string>> = {
  negligible: 'lmv',
  marginal: 'lmv',
  critical: 'hhv',
  catastrophic: 'vvv',
}
const HUMAN: Readonly<Record<string, HumanImpact>> = {
  l: 'low',
  m: 'medium',
  h: 'high',
  v: 'very high',
}
const MISSION_ORDER: readonly MissionImpact[] = [
  'mef support crippled',
  'mef failure',
  'mission failure',
]

export function humanImpactOf(safety: SafetyImpact, mission: MissionImpact): HumanImpact {
  if (mission === 'degraded')
    return safety === 'catastrophic' ? 'very high' : safety === 'critical' ? 'medium' : 'low'
  return HUMAN[HUMAN_ROWS[safety].charAt(MISSION_ORDER.indexOf(mission))] ?? 'very high'
}
