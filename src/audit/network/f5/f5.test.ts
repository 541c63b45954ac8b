// What a BIG-IP lets through: what it listens for, and nothing else; with packet filters, firewall, translation, and what it does not say.

import { describe, expect, test } from 'vitest'
import { read } from '../../reference.test-helper.ts'
import { ask } from '../ask.test-helper.ts'
import { deviceOf } from '../device-of.ts'
import { readExpression } from './expression.ts'

const BASE = `#TMSH-VERSION: 16.1.3
net self /Common/office-self { address 10.1.0.1/24; vlan /Common/office; allow-service { tcp:443 } }
net self /Common/plant-self {
    address 10.2.0.1/24
    vlan /Common/plant
}
net vlan /Common/office { tag 10 }
net vlan /Common/plant { tag 20 }
`

const SHOWN = `${BASE}ltm node /Common/hmi {
    address 10.2.0.8
}
ltm pool /Common/hmis {
    members {
        /Common/hmi:8443 {
            address 10.2.0.8
        }
    }
}
ltm virtual /Common/hmi-web {
    destination /Common/10.1.0.100:443
    ip-protocol tcp
    mask 255.255.255.255
    pool /Common/hmis
    source 0.0.0.0/0
    source-address-translation {
        type automap
    }
}
`

/** As `tmsh list` writes: what stands between `;` here stands on lines there. */
const deviceIn = (text: string) =>
  deviceOf(
    read(
      text
        .replaceAll(/\{ (?!\})/g, '{\n')
        .replaceAll(/(?<!\{) \}/g, '\n}\n')
        .replaceAll('; ', '\n'),
    ),
    'f',
  )
const ALL = `ltm virtual all { destination 0.0.0.0:any; ip-forward; mask any; source 0.0.0.0/0 }\n`

describe('virtual servers', () => {
  test('send on what comes for their address, and nothing else passes', () => {
    const device = deviceIn(SHOWN)
    const answer = ask(device, ['10.1.0.7', '10.1.0.100', 'tcp/443'])
    expect(answer.verdict).toBe('open')
    const [, port, to, from] = answer.witness?.arrives ?? []
    expect([port, to, from]).toEqual([8443, 0x0a_02_00_08, 0x0a_02_00_01])
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/8443']).verdict).toBe('blocked')
  })

  test('that an iRule decides are conditional, and nothing is called blocked beside them', () => {
    const device = deviceIn(
      SHOWN.replace(
        '    pool /Common/hmis\n',
        '    pool /Common/hmis\n    rules {\n        /Common/steer\n    }\n',
      ),
    )
    const answer = ask(device, ['10.1.0.7', '10.1.0.100', 'tcp/443'])
    expect(answer.verdict).toBe('conditional')
    expect(answer.witness?.hops[0]?.decisions[0]?.rule?.because).toEqual(['steer'])
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/8443']).verdict).toBe('indeterminate')
  })

  test('that are disabled or reject pass nothing', () => {
    const off = deviceIn(
      SHOWN.replace('    ip-protocol tcp\n', '    ip-protocol tcp\n    disabled\n'),
    )
    expect([off.policy?.rules, off.translations]).toEqual([[], []])
    const rejects = `${BASE}${ALL}ltm virtual no { destination 10.2.0.0:502; ip-protocol tcp; mask 255.255.255.0; reject; source 0.0.0.0/0 }\n`
    expect(ask(deviceIn(rejects), ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('blocked')
    expect(ask(deviceIn(rejects), ['10.1.0.7', '10.2.0.8', 'tcp/503']).verdict).toBe('open')
  })

  test('on one VLAN take nothing from another', () => {
    const one = ALL.replace('ip-forward', 'ip-forward; vlans { /Common/plant }; vlans-enabled')
    const device = deviceIn(`${BASE}${one}`)
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('blocked')
    expect(ask(device, ['10.2.0.8', '10.1.0.7', 'tcp/502']).verdict).toBe('open')
    const rest = deviceIn(`${BASE}${one.replace('vlans-enabled', 'vlans-disabled')}`)
    expect(ask(rest, ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('open')
  })

  test('are not known where only the base file was given', () => {
    expect(ask(deviceIn(BASE), ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('indeterminate')
  })

  test('with a policy of their own, or told by criteria, are indeterminate', () => {
    const own = ALL.replace('ip-forward', 'ip-forward; fw-enforced-policy /Common/p')
    expect(ask(deviceIn(`${BASE}${own}`), ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe(
      'indeterminate',
    )
    const criteria = `ltm virtual x { ip-forward; traffic-matching-criteria /Common/c }\n`
    expect(ask(deviceIn(`${BASE}${criteria}`), ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe(
      'indeterminate',
    )
  })
})

test('addresses that are translated one for one pass both ways', () => {
  const device = deviceIn(
    `${BASE}ltm nat plc { originating-address 10.2.0.8; translation-address 10.1.0.200 }\n`,
  )
  expect(ask(device, ['10.1.0.7', '10.1.0.200', 'tcp/502']).verdict).toBe('open')
  expect(ask(device, ['10.2.0.8', '10.1.0.7', 'tcp/80']).verdict).toBe('open')
  expect(ask(device, ['10.2.0.9', '10.1.0.7', 'tcp/80']).verdict).toBe('blocked')
})

test('what a SNAT names goes out', () => {
  const device = deviceIn(`${BASE}ltm snat out { automap; origins { 10.2.0.0/24 { } } }\n`)
  expect(ask(device, ['10.2.0.8', '10.1.0.7', 'tcp/80']).verdict).toBe('open')
  expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/80']).verdict).toBe('blocked')
})

describe('packet filters', () => {
  const FILTERS = `net packet-filter second { action discard; order 20; rule "" }
net packet-filter first { action accept; order 10; rule "( proto TCP ) and ( src net 10.1.0.0/24 or src host 10.9.0.1 ) and ( dst port 443 )"; vlan office }
`
  const ON = 'sys db packetfilter { value "enable" }\n'

  test('decide in their order where they are on', () => {
    const device = deviceIn(`${BASE}${ALL}${FILTERS}${ON}`)
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/443']).verdict).toBe('open')
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('blocked')
  })

  test('are unknown where nobody says whether they are on, and nothing where they are off', () => {
    const flow = ['10.1.0.7', '10.2.0.8', 'tcp/502'] as const
    expect(ask(deviceIn(`${BASE}${ALL}${FILTERS}`), flow).verdict).toBe('indeterminate')
    const off = ON.replace('enable', 'disable')
    expect(ask(deviceIn(`${BASE}${ALL}${FILTERS}${off}`), flow).verdict).toBe('open')
  })

  test.each([
    ['tcp[13] & 2 != 0'],
    ['( proto TCP'],
    ['not port 22'],
    ['proto TCP )'],
    ['('.repeat(100) + 'tcp' + ')'.repeat(100)],
    [Array.from({ length: 40 }, () => '( tcp or udp )').join(' and ')],
  ])('with %s are not understood', (text) => {
    expect(readExpression(text)).toBeUndefined()
  })
})

describe('the firewall', () => {
  const policy = (rules: string) =>
    `${BASE}${ALL}security firewall policy /Common/p { rules { ${rules} } }
net route-domain /Common/0 { fw-enforced-policy /Common/p }
security firewall address-list /Common/plcs { addresses { 10.2.0.8 { }; 10.2.0.20-10.2.0.30 { } } }
security firewall port-list /Common/field { ports { 502 { }; 20000-20010 { } } }
security firewall rule-list /Common/plant { rules { stop { action reject; destination { address-lists { /Common/plcs }; port-lists { /Common/field } }; ip-protocol tcp } } }
`
  test('takes lists of rules, of addresses and of ports', () => {
    const device = deviceIn(policy('plant { rule-list /Common/plant }; rest { action accept }'))
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('blocked')
    expect(ask(device, ['10.1.0.7', '10.2.0.25', 'tcp/20003']).verdict).toBe('blocked')
    expect(ask(device, ['10.1.0.7', '10.2.0.31', 'tcp/502']).verdict).toBe('open')
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'udp/502']).verdict).toBe('open')
  })

  test('leaves undecided what names or schedules decide', () => {
    const named = deviceIn(
      policy(
        'x { action drop; destination { fqdns { plc.example.ca { } } } }; y { action accept }',
      ),
    )
    expect(ask(named, ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('conditional')
    const lost = deviceIn(policy('x { rule-list /Common/lost }; y { action drop }'))
    expect(ask(lost, ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('indeterminate')
  })
})
