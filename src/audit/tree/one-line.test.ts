// A BIG-IP written with one object a line is the same tree as the one written out.

import { expect, test } from 'vitest'
import { read } from '../reference.test-helper.ts'
import type { ConfigNode } from './config-tree.ts'

const WRITTEN_OUT = `#TMSH-VERSION: 16.1.3
auth user second {
    description "Second { admin } account"
    encrypted-password $6$aaaaaaaaaaaaaaaa
    partition-access {
        all-partitions {
            role admin
        }
    }
    shell bash
}
sys sshd {
    allow {
        10.1.0.0/16
        ALL
    }
    inactivity-timeout 600
}
net self /Common/office {
    address 10.1.0.1/24
    allow-service {
        tcp:443
        udp:161
    }
    vlan /Common/office
}
ltm node n {
    address 10.2.0.8
    session user-disabled
}
ltm pool p {
    load-balancing-mode least-connections-member
    members {
        n:8443 {
            address 10.2.0.8
            session monitor-enabled
        }
    }
    monitor http and tcp
}
ltm virtual v {
    destination 10.1.0.100:443
    ip-forward
    mask 255.255.255.255
    profiles {
        tcp { }
        http {
            context clientside
        }
    }
    rules {
        /Common/one
        /Common/two
    }
    vlans-enabled
}
`

const oneLine = (text: string) => text.replaceAll(/\n(?=[ }])/g, ' ').replaceAll(/ +/g, ' ')

function statementsOf(node: ConfigNode, above: string): readonly string[] {
  return node.children
    .filter(({ kind }) => kind !== 'closer')
    .flatMap((child) => {
      const path = `${above} > ${child.kind} ${child.text}`
      return [path, ...statementsOf(child, path)]
    })
}

test('one object a line says what the written-out text says', () => {
  const written = read(WRITTEN_OUT)
  const short = read(oneLine(WRITTEN_OUT))
  expect(short.tree.lines.length).toBeLessThan(10)
  expect(short.dialect.name).toBe('f5-bigip')
  expect(statementsOf(short.tree.root, '')).toEqual(statementsOf(written.tree.root, ''))
})
