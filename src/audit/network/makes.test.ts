// One policy in the words of every make: office 10.1.0.0/24 may reach the plant 10.2.0.0/24 by HTTPS and, from one host, by
// Modbus; one host may do nothing; the Internet may ping. All makes give the same answers, each with its own line.

import { describe, expect, test } from 'vitest'
import { ANY_ADDRESS, prefix } from '../packets/addresses.ts'
import { read } from '../reference.test-helper.ts'
import { serviceFrom } from '../segmentation/service-text.ts'
import { ask } from './ask.test-helper.ts'
import { deviceOf } from './device-of.ts'
import { answerTo } from './verdict.ts'

const IOS = `version 17.9
hostname r1
!
interface GigabitEthernet0/0
 ip address 10.1.0.1 255.255.255.0
 ip access-group OFFICE in
!
interface GigabitEthernet0/1
 ip address 10.2.0.1 255.255.255.0
 ip access-group BACK in
!
ip access-list extended OFFICE
 10 deny ip host 10.1.0.9 any
 20 permit tcp 10.1.0.0 0.0.0.255 10.2.0.0 0.0.0.255 eq 443
 30 permit tcp host 10.1.0.5 10.2.0.0 0.0.0.255 eq 502
 40 permit icmp any any
ip access-list extended BACK
 10 permit tcp any any established
 20 permit icmp any any echo-reply
`

const GROUPS = `version 15.2
hostname r2
!
object-group network OFFICE-NET
 10.1.0.0 255.255.255.0
object-group service WEB
 tcp eq 443
!
interface GigabitEthernet0/0
 ip address 10.1.0.1 255.255.255.0
 ip access-group 101 in
interface GigabitEthernet0/1
 ip address 10.2.0.1 255.255.255.0
!
access-list 101 remark office
access-list 101 deny ip host 10.1.0.9 any
access-list 101 permit object-group WEB object-group OFFICE-NET 10.2.0.0 0.0.0.255
access-list 101 permit tcp host 10.1.0.5 10.2.0.0 0.0.0.255 eq 502 log
access-list 101 permit icmp any any
`

const ZONES = `version 17.6
hostname r3
!
class-map type inspect match-any WEB
 match protocol https
class-map type inspect match-all FIELD
 match access-group name ONE
class-map type inspect match-all NINE
 match access-group 9
class-map type inspect match-all OFFICE-WEB
 match class-map WEB
 match access-group name OFFICE
policy-map type inspect OFFICE-TO-PLANT
 class type inspect NINE
  drop log
 class type inspect OFFICE-WEB
  inspect
 class type inspect FIELD
  inspect
 class class-default
  drop
zone security office
zone security plant
zone-pair security OUT source office destination plant
 service-policy type inspect OFFICE-TO-PLANT
interface GigabitEthernet0/0
 ip address 10.1.0.1 255.255.255.0
 zone-member security office
interface GigabitEthernet0/1
 ip address 10.2.0.1 255.255.255.0
 zone-member security plant
ip access-list extended OFFICE
 permit ip 10.1.0.0 0.0.0.255 any
ip access-list extended ONE
 permit tcp host 10.1.0.5 any eq 502
access-list 9 permit 10.1.0.9
`

const NXOS = `version 9.3(5)
hostname n1
feature interface-vlan
object-group ip address PLANT
  10 10.2.0.0/24
ip access-list OFFICE
  20 permit tcp 10.1.0.0/24 addrgroup PLANT eq 443
  10 deny ip 10.1.0.9/32 any
  30 permit tcp host 10.1.0.5 addrgroup PLANT eq 502
  40 permit icmp any any
interface Ethernet1/1
  no switchport
  ip address 10.1.0.1/24
  ip access-group OFFICE in
interface Ethernet1/2
  no switchport
  ip address 10.2.0.1/24
`

const XR = `!! IOS XR Configuration 6.1.3
hostname x1
ipv4 access-list OFFICE
 10 deny ipv4 host 10.1.0.9 any
 20 permit tcp 10.1.0.0 0.0.0.255 10.2.0.0/24 eq 443
 30 permit tcp host 10.1.0.5 10.2.0.0/24 eq 502
 40 permit icmp any any
!
interface GigabitEthernet0/0/0/0
 ipv4 address 10.1.0.1 255.255.255.0
 ipv4 access-group OFFICE ingress
!
interface GigabitEthernet0/0/0/1
 ipv4 address 10.2.0.1 255.255.255.0
!
`

const EOS = `! device: e1 (DCS-7050, EOS-4.27.0F)
hostname e1
!
interface Ethernet1
   no switchport
   ip address 10.1.0.1/24
   ip access-group OFFICE in
!
interface Ethernet2
   no switchport
   ip address 10.2.0.1/24
!
ip access-list OFFICE
   10 deny ip host 10.1.0.9 any
   20 permit tcp 10.1.0.0/24 10.2.0.0/24 eq https
   30 permit tcp host 10.1.0.5 10.2.0.0/24 eq 502
   40 permit icmp any any
!
`

const ASA = `ASA Version 9.8(2)
hostname a1
interface GigabitEthernet0/0
 nameif office
 security-level 100
 ip address 10.1.0.1 255.255.255.0
interface GigabitEthernet0/1
 nameif plant
 security-level 50
 ip address 10.2.0.1 255.255.255.0
object network PLANT-NET
 subnet 10.2.0.0 255.255.255.0
object-group service WEB tcp
 port-object eq https
access-list OFFICE extended deny ip host 10.1.0.9 any
access-list OFFICE extended permit tcp 10.1.0.0 255.255.255.0 object PLANT-NET object-group WEB
access-list OFFICE extended permit tcp host 10.1.0.5 object PLANT-NET eq 502
access-list OFFICE extended permit icmp any any
access-group OFFICE in interface office
`

const JUNOS = `system { host-name j1; }
interfaces {
    ge-0/0/0 { unit 0 { family inet { filter { input OFFICE; } address 10.1.0.1/24; } } }
    ge-0/0/1 { unit 0 { family inet { address 10.2.0.1/24; } } }
}
firewall {
    family inet {
        filter OFFICE {
            term no { from { source-address { 10.1.0.9/32; } } then discard; }
            term web { from { source-address { 10.1.0.0/24; } destination-address { 10.2.0.0/24; } protocol tcp; destination-port https; } then accept; }
            term modbus { from { source-address { 10.1.0.5/32; } destination-address { 10.2.0.0/24; } protocol tcp; destination-port 502; } then accept; }
            term ping { from { protocol icmp; } then accept; }
        }
    }
}
`

const SRX = `set system host-name s1
set interfaces ge-0/0/0 unit 0 family inet address 10.1.0.1/24
set interfaces ge-0/0/1 unit 0 family inet address 10.2.0.1/24
set security zones security-zone office interfaces ge-0/0/0.0
set security zones security-zone plant interfaces ge-0/0/1.0
set security address-book global address nine 10.1.0.9/32
set security address-book global address five 10.1.0.5/32
set security address-book global address office-net 10.1.0.0/24
set applications application modbus protocol tcp
set applications application modbus destination-port 502
set security policies from-zone office to-zone plant policy no match source-address nine
set security policies from-zone office to-zone plant policy no match destination-address any
set security policies from-zone office to-zone plant policy no match application any
set security policies from-zone office to-zone plant policy no then deny
set security policies from-zone office to-zone plant policy web match source-address office-net
set security policies from-zone office to-zone plant policy web match destination-address any
set security policies from-zone office to-zone plant policy web match application junos-https
set security policies from-zone office to-zone plant policy web then permit
set security policies from-zone office to-zone plant policy field match source-address five
set security policies from-zone office to-zone plant policy field match destination-address any
set security policies from-zone office to-zone plant policy field match application modbus
set security policies from-zone office to-zone plant policy field then permit
set security policies from-zone office to-zone plant policy ping match source-address any
set security policies from-zone office to-zone plant policy ping match destination-address any
set security policies from-zone office to-zone plant policy ping match application junos-icmp-all
set security policies from-zone office to-zone plant policy ping then permit
`

const FORTI = `#config-version=FGVM64-7.2.4-FW-build1396-230131:opmode=0:vdom=0:user=admin
config system global
    set hostname "f1"
end
config system interface
    edit "port1"
        set vdom "root"
        set ip 10.1.0.1 255.255.255.0
    next
    edit "port2"
        set vdom "root"
        set ip 10.2.0.1 255.255.255.0
    next
end
config firewall address
    edit "nine"
        set subnet 10.1.0.9 255.255.255.255
    next
    edit "five"
        set subnet 10.1.0.5 255.255.255.255
    next
    edit "office"
        set subnet 10.1.0.0 255.255.255.0
    next
    edit "all"
    next
end
config firewall addrgrp
    edit "group"
        set member "office"
    next
end
config firewall service custom
    edit "HTTPS"
        set tcp-portrange 443
    next
    edit "MODBUS"
        set tcp-portrange 502
    next
    edit "ALL_ICMP"
        set protocol ICMP
        unset icmptype
    next
    edit "ALL"
        set protocol IP
    next
end
config firewall policy
    edit 4
        set srcintf "port1"
        set dstintf "port2"
        set srcaddr "nine"
        set dstaddr "all"
        set schedule "always"
        set service "ALL"
    next
    edit 1
        set srcintf "port1"
        set dstintf "port2"
        set srcaddr "group"
        set dstaddr "all"
        set action accept
        set schedule "always"
        set service "HTTPS"
    next
    edit 2
        set srcintf "port1"
        set dstintf "port2"
        set srcaddr "five"
        set dstaddr "all"
        set action accept
        set schedule "always"
        set service "MODBUS"
    next
    edit 3
        set srcintf "any"
        set dstintf "any"
        set srcaddr "all"
        set dstaddr "all"
        set action accept
        set schedule "always"
        set service "ALL_ICMP"
    next
end
`

const PAN = `set deviceconfig system hostname p1
set network interface ethernet ethernet1/1 layer3 ip 10.1.0.1/24
set network interface ethernet ethernet1/2 layer3 ip 10.2.0.1/24
set network virtual-router default interface [ ethernet1/1 ethernet1/2 ]
set zone office network layer3 ethernet1/1
set zone plant network layer3 ethernet1/2
set address nine ip-netmask 10.1.0.9
set address five ip-netmask 10.1.0.5/32
set address office-net ip-netmask 10.1.0.0/24
set address-group grouped static [ office-net ]
set service modbus protocol tcp port 502
set service icmp-like protocol udp port 9
set rulebase security rules no from office
set rulebase security rules no to any
set rulebase security rules no source nine
set rulebase security rules no destination any
set rulebase security rules no application any
set rulebase security rules no service any
set rulebase security rules no action deny
set rulebase security rules web from office
set rulebase security rules web to plant
set rulebase security rules web source grouped
set rulebase security rules web destination any
set rulebase security rules web application any
set rulebase security rules web service service-https
set rulebase security rules web action allow
set rulebase security rules field from office
set rulebase security rules field to plant
set rulebase security rules field source five
set rulebase security rules field destination any
set rulebase security rules field application any
set rulebase security rules field service modbus
set rulebase security rules field action allow
`

const PF = `<?xml version="1.0"?>
<pfsense>
  <version>21.7</version>
  <system><hostname>pf1</hostname></system>
  <interfaces>
    <lan><enable/><ipaddr>10.1.0.1</ipaddr><subnet>24</subnet></lan>
    <opt1><enable/><ipaddr>10.2.0.1</ipaddr><subnet>24</subnet></opt1>
  </interfaces>
  <aliases>
    <alias><name>field</name><type>port</type><address>502</address></alias>
  </aliases>
  <filter>
    <rule><type>block</type><interface>lan</interface><ipprotocol>inet</ipprotocol>
      <source><address>10.1.0.9</address></source><destination><any/></destination></rule>
    <rule><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><protocol>tcp</protocol>
      <source><network>lan</network></source><destination><network>opt1</network><port>443</port></destination></rule>
    <rule><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><protocol>tcp</protocol>
      <source><address>10.1.0.5</address></source><destination><network>opt1</network><port>field</port></destination></rule>
    <rule><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><protocol>icmp</protocol>
      <source><any/></source><destination><any/></destination></rule>
    <rule><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><disabled/>
      <source><any/></source><destination><any/></destination></rule>
  </filter>
</pfsense>
`

const MIKROTIK = `# 2024-05-01 10:00:00 by RouterOS 7.14
# software id = ABCD-EFGH
/interface list
add name=LAN
/interface list member
add interface=ether2 list=LAN
/ip firewall address-list
add address=10.1.0.0/24 list=office
/ip address
add address=10.1.0.1/24 interface=ether2 network=10.1.0.0
add address=10.2.0.1/24 interface=ether3 network=10.2.0.0
/ip firewall filter
add action=accept chain=input
add action=accept chain=forward connection-state=established,related
add action=drop chain=forward connection-state=invalid
add action=drop chain=forward src-address=10.1.0.9
add action=accept chain=forward dst-port=443 in-interface-list=LAN protocol=tcp \\
    src-address-list=office
add action=accept chain=forward comment="modbus for one" dst-port=502 out-interface=ether3 protocol=tcp src-address=10.1.0.5
add action=accept chain=forward disabled=yes
add action=accept chain=forward protocol=icmp
add action=drop chain=forward
/system identity
set name=m1
`

const VYOS = `set system host-name 'v1'
set interfaces ethernet eth0 address '10.1.0.1/24'
set interfaces ethernet eth0 firewall in name 'OFFICE'
set interfaces ethernet eth1 address '10.2.0.1/24'
set firewall group network-group OFFICE-NET network '10.1.0.0/24'
set firewall name OFFICE default-action 'drop'
set firewall name OFFICE rule 20 action 'accept'
set firewall name OFFICE rule 20 protocol 'tcp'
set firewall name OFFICE rule 20 source group network-group 'OFFICE-NET'
set firewall name OFFICE rule 20 destination port '443'
set firewall name OFFICE rule 10 action 'reject'
set firewall name OFFICE rule 10 source address '10.1.0.9'
set firewall name OFFICE rule 30 action 'accept'
set firewall name OFFICE rule 30 protocol 'tcp'
set firewall name OFFICE rule 30 source address '10.1.0.5'
set firewall name OFFICE rule 30 destination port '502'
set firewall name OFFICE rule 40 action 'accept'
set firewall name OFFICE rule 40 protocol 'icmp'
`

const EDGE = `firewall {
    name OFFICE-PLANT {
        default-action drop
        rule 10 {
            action drop
            source {
                address 10.1.0.9
            }
        }
        rule 20 {
            action accept
            destination {
                port 443
            }
            protocol tcp
        }
        rule 30 {
            action accept
            destination {
                port 502
            }
            protocol tcp
            source {
                address 10.1.0.5
            }
        }
    }
}
interfaces {
    ethernet eth0 {
        address 10.1.0.1/24
    }
    ethernet eth1 {
        address 10.2.0.1/24
    }
}
system {
    host-name v2
}
zone-policy {
    zone office {
        default-action drop
        interface eth0
    }
    zone plant {
        default-action drop
        from office {
            firewall {
                name OFFICE-PLANT
            }
        }
        interface eth1
    }
}
/* Release version: 1.3.2 */
`

const PROVISION = `; J9729A Configuration Editor; Created on release #WB.16.10.0012
; Ver #14:6f.6f.f8.1d.fb.7f.bf.bb.ff.7c.59.fc.7b.ff.ff.fc.ff.ff.3f.ef:44
hostname "sw1"
module 1 type j9729a
ip access-list extended "OFFICE"
     10 deny ip 10.1.0.9 0.0.0.0 0.0.0.0 255.255.255.255
     20 permit tcp 10.1.0.0 0.0.0.255 10.2.0.0 0.0.0.255 eq 443
     30 permit tcp 10.1.0.5 0.0.0.0 10.2.0.0 0.0.0.255 eq 502 log
     40 permit icmp 0.0.0.0 255.255.255.255 0.0.0.0 255.255.255.255 8 0
   exit
ip routing
vlan 10
   name "OFFICE"
   untagged 1-10
   ip address 10.1.0.1 255.255.255.0
   ip access-group "OFFICE" in
   exit
vlan 20
   name "PLANT"
   untagged 11-20
   ip address 10.2.0.1 255.255.255.0
   exit
`

const AOSCX = `!
!Version ArubaOS-CX FL.10.09.1000
hostname cx1
access-list ip OFFICE
    ! the office
    10 deny any 10.1.0.9 any
    20 permit tcp 10.1.0.0/255.255.255.0 PLANT group WEB count
    30 permit tcp 10.1.0.5 10.2.0.0/24 eq 502
    40 permit icmp any any icmp-type echo
object-group ip address PLANT
    10 10.2.0.0/255.255.255.0
object-group port WEB
    10 eq 443
vlan 1,10,20
interface vlan 10
    ip address 10.1.0.1/24
    apply access-list ip OFFICE routed-in
interface 1/1/5
    no shutdown
    routing
    ip address 10.2.0.1/24
`

const COMWARE = `#
 version 7.1.070, Release 6126P20
#
 sysname hp1
#
acl advanced 3001
 rule 0 deny ip source 10.1.0.9 0
 rule 5 permit tcp source 10.1.0.0 0.0.0.255 destination 10.2.0.0 0.0.0.255 destination-port eq 443
 rule 10 permit tcp source 10.1.0.5 0 destination object-group PLANT destination-port eq 502 logging
 rule 10 comment the historian
 rule 15 permit icmp icmp-type echo
 rule 100 deny ip
#
object-group ip address PLANT
 0 network subnet 10.2.0.0 255.255.255.0
#
interface Vlan-interface10
 ip address 10.1.0.1 255.255.255.0
 packet-filter 3001 inbound
#
interface Vlan-interface20
 ip address 10.2.0.1 24
#
return
`

const BIGIP = `#TMSH-VERSION: 15.1.2
ltm virtual /Common/web {
    destination /Common/10.2.0.0:443
    ip-forward
    ip-protocol tcp
    mask 255.255.255.0
    source 10.1.0.0/24
    translate-address disabled
    vlans {
        /Common/office
    }
    vlans-enabled
}
ltm virtual /Common/modbus {
    destination /Common/10.2.0.0:502
    ip-forward
    ip-protocol tcp
    mask 255.255.255.0
    source 10.1.0.5/32
    translate-address disabled
}
ltm virtual /Common/ping {
    destination /Common/0.0.0.0:0
    ip-forward
    ip-protocol icmp
    mask any
    source 0.0.0.0/0
    translate-address disabled
}
net self /Common/office-self {
    address 10.1.0.1/24
    vlan /Common/office
}
net self /Common/plant-self {
    address 10.2.0.1/24
    vlan /Common/plant
}
net vlan /Common/office {
    tag 10
}
net vlan /Common/plant {
    tag 20
}
security firewall policy /Common/edge {
    rules {
        nine {
            action drop
            source {
                addresses {
                    10.1.0.9 { }
                }
            }
        }
        rest {
            action accept
        }
    }
}
security firewall global-rules {
    enforced-policy /Common/edge
}
`

const MAKES = [
  ['cisco-ios', IOS, 14],
  ['cisco-ios', GROUPS, 17],
  ['cisco-ios', ZONES, 5],
  ['cisco-nxos', NXOS, 7],
  ['cisco-xr', XR, 5],
  ['arista-eos', EOS, 15],
  ['cisco-asa', ASA, 16],
  ['junos', JUNOS, 10],
  ['junos', SRX, 15],
  ['fortios', FORTI, 57],
  ['panos', PAN, 20],
  ['pfsense', PF, 15],
  ['routeros', MIKROTIK, 17],
  ['vyos', VYOS, 7],
  ['vyos', EDGE, 10],
  ['aruba-os', PROVISION, 7],
  ['aruba-aoscx', AOSCX, 7],
  ['hp-comware', COMWARE, 8],
  ['f5-bigip', BIGIP, 2],
] as const

const FLOWS = [
  ['10.1.0.7', '10.2.0.8', 'tcp/443', 'open'],
  ['10.1.0.7', '10.2.0.8', 'tcp/502', 'blocked'],
  ['10.1.0.5', '10.2.0.8', 'tcp/502', 'open'],
  ['10.1.0.9', '10.2.0.8', 'tcp/443', 'blocked'],
  ['10.1.0.7', '10.2.0.8', 'udp/443', 'blocked'],
  ['10.1.0.7', '10.2.0.8', 'tcp/444', 'blocked'],
] as const

describe.each(MAKES)('%s', (make, text, line) => {
  const device = deviceOf(read(text), 'file')

  test('is what it is, and every rule of it is understood', () => {
    expect(device.make).toBe(make)
    const rules = [...(device.policy?.rules ?? []), ...device.filters.flatMap((one) => one.rules)]
    expect(rules.filter(({ certainty }) => certainty !== 'sure')).toEqual([])
    expect(rules.length).toBeGreaterThan(2)
  })

  test.each(FLOWS)('%s → %s %s is %s', (...flow) => {
    expect(ask(device, flow).verdict).toBe(flow[3])
  })

  test('the witness names the line that lets it pass', () => {
    const rules = ask(device, FLOWS[0]).witness?.hops.flatMap((hop) => hop.decisions)
    expect(rules?.some(({ rule }) => rule?.first === line)).toBe(true)
  })
})

test('answers through a list without memory need their own permit', () => {
  const device = deviceOf(read(IOS), 'file')
  expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/443']).witness?.answers).toBe('pass')
  expect(ask(device, ['10.1.0.7', '10.2.0.8', 'icmp/echo-request']).witness?.answers).toBe('pass')
  const strict = deviceOf(read(IOS.replace(' 10 permit tcp any any established\n', '')), 'file')
  expect(ask(strict, ['10.1.0.7', '10.2.0.8', 'tcp/443']).witness?.answers).toBe('blocked')
})

describe('what is not understood', () => {
  const withLine = (line: string) =>
    deviceOf(
      read(IOS.replace(' 30 permit tcp host 10.1.0.5', ` ${line}\n 30 permit tcp host 10.1.0.5`)),
      'f',
    )

  test('a permit in unknown words makes the rest indeterminate, never blocked', () => {
    const device = withLine('25 permit tcp any any frobnicate 7')
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('indeterminate')
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/443']).verdict).toBe('open')
    expect(ask(device, ['10.1.0.9', '10.2.0.8', 'tcp/443']).verdict).toBe('blocked')
  })

  test('a deny in unknown words takes certainty away from what follows', () => {
    const device = withLine('25 deny tcp any any frobnicate 7')
    expect(ask(device, ['10.1.0.5', '10.2.0.8', 'tcp/502']).verdict).toBe('indeterminate')
  })

  test('a permit with a time is conditional, and names it', () => {
    const device = withLine('25 permit tcp any any eq 502 time-range NIGHT')
    const answer = ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/502'])
    expect(answer.verdict).toBe('conditional')
    expect(answer.witness?.hops[0]?.decisions[0]?.rule?.because).toEqual(['time-range NIGHT'])
  })

  test('a list that is applied and not there may let anything through', () => {
    const device = deviceOf(read(IOS.replace('access-group OFFICE', 'access-group LOST')), 'f')
    expect(ask(device, ['10.1.0.9', '10.2.0.8', 'tcp/443']).verdict).toBe('indeterminate')
  })

  test('a make whose filters are not read is never called blocked', () => {
    const device = deviceOf(
      read('active-partition shared\nhostname lb\nip address 10.1.0.1\n'),
      'f',
    )
    expect(ask(device, ['10.1.0.9', '10.2.0.8', 'tcp/443']).verdict).toBe('indeterminate')
  })
})

test.each([
  ['cisco-ios', 'ip access-group', 'version 15.2\n', 'ip address 10.1.0.1 255.255.255.0'],
  [
    'cisco-nxos',
    'ip port access-group',
    '!Command: show running-config\nversion 9.3(5)\nfeature interface-vlan\n',
    'ip address 10.1.0.1/24',
  ],
])('a list at a port of a switch is a condition (%s)', (make, apply, head, address) => {
  const text = `${head}hostname s
interface Vlan10
  ${address}
interface Vlan20
  ${address.replace('10.1', '10.2')}
interface Ethernet1/7
  switchport access vlan 10
  ${apply} NO in
ip access-list${make === 'cisco-ios' ? ' extended' : ''} NO
  10 deny tcp any any eq 502
  20 permit ip any any
`
  const device = deviceOf(read(text), 'f')
  expect(device.make).toBe(make)
  expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/502']).verdict).toBe('conditional')
  expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/503']).verdict).toBe('open')
})

describe('zones of IOS', () => {
  const asked = (from: string, to: string, service: string) => (text: string) =>
    ask(deviceOf(read(text), 'f'), [from, to, service]).verdict

  test('answer only what a pair lets through, and pass what stays inside', () => {
    expect(asked('10.2.0.8', '10.1.0.7', 'tcp/443')(ZONES)).toBe('blocked')
    const one = ZONES.replace('zone-member security plant', 'zone-member security office')
    expect(asked('10.1.0.9', '10.2.0.8', 'tcp/502')(one)).toBe('open')
  })

  test.each([
    ['a class that is not there', 'class type inspect FIELD', 'class type inspect LOST'],
    [
      'an application whose ports are not known',
      'match access-group name ONE',
      'match protocol skinny',
    ],
    ['a list that is not there', 'match access-group name ONE', 'match access-group name LOST'],
    ['a policy that is not there', 'inspect OFFICE-TO-PLANT\ninterface', 'inspect LOST\ninterface'],
    ['ports that the owner maps', 'hostname r3', 'hostname r3\nip port-map https port tcp 502'],
    [
      'what is left behind a deny',
      ' permit tcp host 10.1.0.5',
      ' deny tcp host 10.1.0.6 any\n permit tcp 10.1.0.0 0.0.0.15',
    ],
    ['a class in itself', 'match access-group name ONE', 'match class-map FIELD'],
  ])('leave unknown %s', (_, was, is) => {
    expect(asked('10.1.0.7', '10.2.0.8', 'tcp/502')(ZONES.replace(was, is))).toBe('indeterminate')
  })
})

describe('translation', () => {
  test('what comes for a static address goes to the one behind it', () => {
    const text = `${IOS}ip nat inside source static tcp 10.2.0.8 502 192.0.2.10 8502\n`.replace(
      '10.1.0.5 10.2.0.0 0.0.0.255 eq 502',
      '10.1.0.5 host 192.0.2.10 eq 8502',
    )
    const device = deviceOf(read(text), 'f')
    const answer = ask(device, ['10.1.0.5', '192.0.2.10', 'tcp/8502'])
    expect(answer.verdict).toBe('open')
    expect(answer.witness?.arrives.slice(0, 4)).toEqual([
      6,
      502,
      10 * 2 ** 24 + 2 * 2 ** 16 + 8,
      10 * 2 ** 24 + 2 ** 16 + 5,
    ])
    expect(answer.witness?.packet[1]).toBe(8502)
  })

  test('a virtual address of FortiOS is judged as the address behind it', () => {
    const text = FORTI.replace(
      'config firewall policy\n',
      `config firewall vip
    edit "plc"
        set extip 10.1.0.200
        set mappedip "10.2.0.8"
        set extintf "any"
    next
end
config firewall policy
    edit 9
        set srcintf "port1"
        set dstintf "port2"
        set srcaddr "all"
        set dstaddr "plc"
        set action accept
        set schedule "always"
        set service "MODBUS"
    next
`,
    )
    const device = deviceOf(read(text), 'f')
    const answer = answerTo({
      devices: [device],
      from: { addresses: prefix('10.1.0.7') ?? ANY_ADDRESS },
      to: { addresses: prefix('10.2.0.0/24') ?? ANY_ADDRESS },
      family: 4,
      services: [serviceFrom('tcp/502') ?? { protocols: null, destination: null, source: null }],
    })
    expect(answer.verdict).toBe('open')
  })
})
