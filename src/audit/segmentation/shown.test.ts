import { expect, test } from 'vitest'
import { ask } from '../network/ask.test-helper.ts'
import { deviceOf } from '../network/device-of.ts'
import { read } from '../reference.test-helper.ts'
import { shownAnswer } from './shown.ts'

const FIREWALL = `config system interface
    edit "wan1"
        set ip 203.0.113.2 255.255.255.252
    next
    edit "office"
        set ip 10.1.0.1 255.255.255.0
    next
end
config firewall policy
    edit 1
        set srcintf "office"
        set dstintf "wan1"
        set srcaddr "all"
        set dstaddr "all"
        set action accept
        set schedule "always"
        set service "ALL"
        set nat enable
    next
end
config router static
    edit 1
        set gateway 203.0.113.1
        set device "wan1"
    next
end`

test('a source that becomes an address nobody knows is shown as any, not as one made up', () => {
  const answer = shownAnswer(
    ask(deviceOf(read(FIREWALL, 'fortios'), 'fw'), ['10.1.0.7', '198.51.100.9', 'tcp/443']),
  )
  expect(answer.witness?.packet).toMatchObject({ source: '10.1.0.7' })
  expect(answer.witness?.arrives).toEqual({
    source: '*',
    destination: '198.51.100.9',
    service: 'tcp/443',
  })
})
