// A Linux router by its ruleset, judged like any other device.

import { describe, expect, test } from 'vitest'
import { prefix } from '../../packets/addresses.ts'
import { meaningDigest } from '../../records/meaning.ts'
import { lostLines, read } from '../../reference.test-helper.ts'
import { serviceFrom } from '../../segmentation/service-text.ts'
import { deviceOf } from '../device-of.ts'
import { answerTo } from '../verdict.ts'

const RULESET = (...rules: readonly string[]) => `table inet filter {
	set engineers {
		type ipv4_addr
		flags interval
		elements = { 10.1.0.7, 10.1.0.16/28,
			     10.1.0.40-10.1.0.44 }
	}

	set guests {
		type ipv4_addr
		flags dynamic,timeout
		timeout 1h
	}

	map doors {
		type ipv4_addr . inet_service : verdict
		elements = { 10.3.0.9 . 102 : accept,
			     10.3.0.9 . 4840 : jump engineering }
	}

	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state vmap { established : accept, related : accept, invalid : drop }
		iifname "eth0" oifname "eth1" jump plant comment "to the plant"
		iifname { "eth0", "wg*" } oifname "eth2" tcp dport { 80, 8443, 8000-8010 } counter packets 12 bytes 720 accept
${rules.map((rule) => `\t\t${rule}\n`).join('')}	}

	chain plant {
		ip saddr @engineers tcp dport 22 accept
		ip saddr != 10.1.0.0/24 tcp dport 443 drop
		tcp dport 443 log prefix "plant: " accept
		ip daddr . tcp dport vmap @doors
		udp dport 161 limit rate 10/second accept
		ip saddr @guests tcp dport 5000 accept
		icmp type { echo-request, destination-unreachable } accept
		ip6 saddr 2001:db8:1::/64 tcp dport 443 accept
	}

	chain engineering {
		ip saddr @engineers accept
		reject with icmp port-unreachable
	}
}
`

type Asked = {
  readonly from?: string
  readonly to?: string
  readonly service?: string
  readonly out?: string
}

function answer(
  text: string,
  { from = '10.1.0.7', to = '10.3.0.9', service = 'any', out = 'eth1' }: Asked,
) {
  const device = deviceOf(read(text), 'linux')
  const place = (name: string) => {
    const one = device.interfaces.find((own) => own.name === name)
    return one === undefined ? [] : [{ device, interface: one }]
  }
  const [source, target, wanted] = [prefix(from), prefix(to), serviceFrom(service)]
  if (source === undefined || target === undefined || wanted === undefined) throw new Error('text')
  return answerTo({
    devices: [device],
    from: { addresses: source, places: place('eth0') },
    to: { addresses: target, places: place(out) },
    family: source.v4.length > 0 ? 4 : 6,
    services: [wanted],
  })
}

const verdict = (text: string, asked: Asked) => answer(text, asked).verdict

test('is recognised, loses no line, and counters are no change', () => {
  const config = read(RULESET())
  expect(config.dialect.name).toBe('nftables')
  expect(lostLines(config.tree)).toEqual([])
  const later = RULESET().replace('packets 12 bytes 720', 'packets 99 bytes 5940')
  expect(meaningDigest(read(later))).toBe(meaningDigest(config))
  expect(meaningDigest(read(RULESET().replace('policy drop', 'policy accept')))).not.toBe(
    meaningDigest(config),
  )
})

describe('nft list ruleset', () => {
  test.each([
    [{ service: 'tcp/22' }, 'open'],
    [{ from: '10.1.0.30', service: 'tcp/22' }, 'open'],
    [{ from: '10.1.0.32', service: 'tcp/22' }, 'blocked'],
    [{ from: '10.1.0.44', service: 'tcp/22' }, 'open'],
    [{ service: 'tcp/443' }, 'open'],
    [{ from: '10.2.0.1', service: 'tcp/443' }, 'blocked'],
    [{ from: '10.1.0.99', service: 'tcp/102' }, 'open'],
    [{ to: '10.3.0.8', service: 'tcp/102' }, 'blocked'],
    [{ service: 'tcp/4840' }, 'open'],
    [{ from: '10.1.0.99', service: 'tcp/4840' }, 'blocked'],
    [{ service: 'udp/161' }, 'conditional'],
    [{ service: 'tcp/5000' }, 'indeterminate'],
    [{ service: 'icmp/echo-request' }, 'open'],
    [{ service: 'tcp/502' }, 'blocked'],
    [{ service: 'tcp/8005', out: 'eth2' }, 'open'],
    [{ service: 'tcp/8011', out: 'eth2' }, 'blocked'],
    [{ from: '2001:db8:1::7', to: '2001:db8:3::9', service: 'tcp/443' }, 'open'],
    [{ from: '2001:db8:2::7', to: '2001:db8:3::9', service: 'tcp/22' }, 'blocked'],
  ] as const)('%o is %s', (asked, expected) => {
    expect(verdict(RULESET(), asked)).toBe(expected)
  })

  test('the witness names the line of the chain that lets it pass', () => {
    const { witness } = answer(RULESET(), { service: 'tcp/22' })
    expect(witness?.hops[0]?.decisions[0]?.rule).toMatchObject({ first: 29, certainty: 'sure' })
  })

  test.each([
    ['a queue', 'tcp dport 502 queue to 0'],
    ['a set that is not there', 'ip saddr @unknown tcp dport 502 accept'],
    ['a match that is not read', 'tcp dport 502 ct original saddr 10.1.0.7 accept'],
    ['a comparison that is not read', 'tcp dport > 500 accept'],
    ['a chain that is not there', 'tcp dport 502 jump nowhere'],
    [
      'a way out of a chain',
      'jump plant2\n\t}\n\tchain plant2 {\n\t\tip saddr 10.1.0.0/16 return\n\t\ttcp dport 502 accept',
    ],
  ])('%s makes nothing blocked', (_, rule) => {
    expect(verdict(RULESET(rule), { service: 'tcp/502' })).toBe('indeterminate')
  })

  test('every base chain has to let it pass', () => {
    const more = (policy: string) => `${RULESET()}table ip guard {
	chain early {
		type filter hook forward priority -10; policy ${policy};
		iifname "eth0" tcp dport 443 accept
	}
}
`
    expect(verdict(more('accept'), { service: 'tcp/22' })).toBe('open')
    expect(verdict(more('drop'), { service: 'tcp/22' })).toBe('blocked')
    expect(verdict(more('drop'), { service: 'tcp/443' })).toBe('open')
  })

  test('a family without a chain is left to whoever judges it', () => {
    const four = RULESET()
      .replace('table inet filter', 'table ip filter')
      .replace(/.*ip6 saddr.*\n/, '')
    expect(verdict(four, { service: 'tcp/502' })).toBe('blocked')
    const six = { from: '2001:db8:1::7', to: '2001:db8:3::9', service: 'tcp/502' }
    expect(verdict(four, six)).toBe('indeterminate')
  })

  test('translation is followed where it is plain, else nothing is blocked beside it', () => {
    const nat = (rule: string) =>
      `${RULESET('ip daddr 10.3.0.9 tcp dport 502 accept')}table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		${rule}
	}
}
`
    const plain = nat('iifname "eth0" ip daddr 192.0.2.1 tcp dport 5020 dnat to 10.3.0.9:502')
    expect(verdict(plain, { service: 'tcp/502' })).toBe('open')
    expect(verdict(plain, { service: 'tcp/503' })).toBe('blocked')
    const strange = nat('dnat ip to tcp dport map { 5020 : 10.3.0.9 }')
    expect(verdict(strange, { service: 'tcp/503' })).toBe('indeterminate')
  })

  test('chains that call each other end, and what is no listing is not taken for whole', () => {
    const loop = RULESET('jump plant').replace(
      'chain engineering {',
      'chain engineering {\n\t\tjump plant',
    )
    expect(verdict(loop, { service: 'tcp/502' })).not.toBe('open')
    const script = `include "/etc/nftables.d/*.nft"\n${RULESET()}`
    expect(verdict(script, { service: 'tcp/502' })).toBe('indeterminate')
  })
})
