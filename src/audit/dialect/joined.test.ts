import { expect, test } from 'vitest'
import { auditDevice } from '../audit-device.ts'
import { read } from '../reference.test-helper.ts'

const IOS = `version 15.2
service timestamps log datetime msec
hostname town-rtr
aaa new-model
interface GigabitEthernet0/0
 ip address 203.0.113.2 255.255.255.252
 ip access-group OUT in
ip access-list extended OUT
 deny ip any any log
line vty 0 4
 transport input ssh
end`
const FORTIOS = `#config-version=FGT60F-7.4.3-FW-build2573-240201:opmode=0:vdom=0:user=admin
config system global
    set hostname "fw-town"
end
config firewall policy
    edit 1
        set srcintf "internal"
        set action accept
    next
end`
const JUNOS = `## Last commit: 2026-11-02 10:00:00 UTC by ann
version 21.4R3.15;
system {
    host-name j1;
    root-authentication {
        encrypted-password "x"; ## SECRET-DATA
    }
}
interfaces {
    ge-0/0/0 {
        unit 0 {
            family inet {
                address 203.0.113.9/30;
            }
        }
    }
}
security {
    zones {
        security-zone trust;
    }
}`
const PFSENSE = `<?xml version="1.0"?>
<pfsense>
	<version>22.9</version>
	<system>
		<hostname>pf</hostname>
	</system>
	<filter>
		<rule>
			<tracker>1</tracker>
		</rule>
	</filter>
</pfsense>`
const TEXTS = { IOS, FORTIOS, JUNOS, PFSENSE }
const PAIRS = Object.entries(TEXTS).flatMap(([first, one]) =>
  Object.entries(TEXTS).flatMap(([second, other]) =>
    one === other ? [] : [[first, second, `${one}\n${other}\n`] as const],
  ),
)

const signs = (text: string) => auditDevice({ source: 'x', now: read(text) }, []).signs

test.each(PAIRS)('%s and %s in one text are two configurations', (_one, _other, text) => {
  expect(signs(text)).toContain('joined')
})

test.each(Object.entries(TEXTS))('%s alone is one', (_name, text) => {
  expect(signs(text)).toEqual([])
})

test('a banner that holds another make’s configuration makes no two of it', () => {
  const spoofed = IOS.replace('line vty', `banner motd ^C\n${FORTIOS}\n^C\nline vty`)
  const now = read(spoofed)
  expect(now.dialect.name).toBe('cisco-ios')
  expect(auditDevice({ source: 'x', now }, []).signs).toEqual([])
})
