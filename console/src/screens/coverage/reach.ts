// What a technique's rules can do, at best; and the tactics in ATT&CK's order.

import type { RuleReach } from '../../api-types.ts'

export const TACTICS = [
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'defense-evasion',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
] as const

export function reachOf({ live, idle }: RuleReach): keyof RuleReach {
  if (live > 0) return 'live'
  return idle > 0 ? 'idle' : 'unusable'
}
