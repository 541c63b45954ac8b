import { expect, test } from 'vitest'
import { door } from '../reference.test-helper.ts'
import { redactAct } from './redact-act.ts'

test.each([
  ['username svc privilege 15 secret *', /^username svc privilege 15 secret ⟦[\w-]+:\w+⟧$/],
  [
    'set system login user x authentication plain-text-password-value Pl4nted',
    /value ⟦[\w-]+:\w+⟧$/,
  ],
  ['snmp-server community Pl4nted RO', /^snmp-server community ⟦[\w-]+:\w+⟧ RO$/],
  ['ip route 10.9.0.0 255.255.0.0 10.0.0.2', /^ip route 10\.9\.0\.0 255\.255\.0\.0 10\.0\.0\.2$/],
])('%s: a value is replaced once', (text, shown) => {
  expect(redactAct(text, door)).toMatch(shown)
})
