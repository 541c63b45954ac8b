// What single tools write that is easily misread: verdicts, references, hardware addresses, audits.

import { describe, expect, test } from 'vitest'
import { readScan } from './formats.ts'
import type { Scanned } from './scanned.ts'

async function read(text: string): Promise<readonly Scanned[]> {
  const bytes = async function* () {
    yield Buffer.from(text)
  }
  const all: Scanned[] = []
  for await (const one of (await readScan({ file: 'report', bytes: bytes() })).scanned)
    all.push(one)
  return all
}
const findings = async (text: string) =>
  (await read(text)).flatMap((one) => (one.kind === 'finding' ? [one] : []))
const aliases = async (text: string) =>
  (await read(text)).flatMap((one) =>
    one.kind === 'asset' ? one.host.aliases.map(({ kind, value }) => `${kind} ${value}`) : [],
  )

const nmap = (host: string) =>
  `<?xml version="1.0"?><nmaprun scanner="nmap"><host>${host}</host></nmaprun>`
const tried = (id: string, state: string, more = '') =>
  `<script id="http-vuln-x"><table key="${id}"><elem key="title">Struts</elem><elem key="state">${state}</elem>
<table key="ids"><elem>CVE:${id}</elem></table>${more}</table></script>`

describe('Nmap', () => {
  test('a script that tried a hole out and found it open is a finding, one that did not is none', async () => {
    const scores = '<table key="scores"><elem key="CVSSv2">9.3 (HIGH) (AV:N)</elem></table>'
    const text =
      nmap(`<address addr="192.0.2.1"/><ports><port protocol="tcp" portid="443"><state state="open"/>
${tried('CVE-2017-5638', 'VULNERABLE (Exploitable)', scores)}${tried('CVE-2014-3704', 'NOT VULNERABLE')}</port></ports>
<hostscript>${tried('CVE-2017-0143', 'LIKELY VULNERABLE')}</hostscript>`)
    expect((await findings(text)).filter(({ about }) => about === 'vulnerability')).toMatchObject([
      {
        service: '443/tcp',
        check: 'http-vuln-x:CVE-2017-5638',
        title: 'Struts',
        severity: 'critical',
        score: 9.3,
        confidence: 95,
      },
      { service: '', vulnerabilities: ['CVE-2017-0143'], severity: 'high', confidence: 60 },
    ])
  })

  test('a hardware address is one, and what a machine made up or routers share names none', async () => {
    const of = (mac: string) => aliases(nmap(`<address addr="192.0.2.1"/><address addr="${mac}"/>`))
    expect(await of('00:09:0F:AA:BB:CC')).toEqual(['address 192.0.2.1', 'mac 00:09:0f:aa:bb:cc'])
    expect(await of('00-09-0f-aa-bb-cc')).toContain('mac 00:09:0f:aa:bb:cc')
    for (const shared of [
      '02:42:AC:11:00:02',
      '00:00:5E:00:01:0A',
      '00:00:0c:07:ac:01',
      '00:00:00:00:00:00',
    ])
      expect(await of(shared)).toEqual(['address 192.0.2.1'])
  })

  test('one address of IPv6 is one, however it is written', async () => {
    for (const address of ['2001:db8::10', '2001:DB8:0:0:0:0:0:10', '2001:0db8::0010'])
      expect(await aliases(nmap(`<address addr="${address}"/>`))).toEqual(['address 2001:db8::10'])
  })
})

test('each rule of a compliance audit is a finding of its own, and one that passed is fixed', async () => {
  const rule = (id: string, result: string) =>
    `<ReportItem port="0" protocol="tcp" severity="3" pluginID="21156" pluginName="Windows Compliance Checks"><cm:compliance-check-id>${id}</cm:compliance-check-id>
<cm:compliance-check-name>Rule ${id}</cm:compliance-check-name><cm:compliance-result>${result}</cm:compliance-result></ReportItem>`
  const text = `<NessusClientData_v2><Report name="x" xmlns:cm="http://www.nessus.org/cm"><ReportHost name="192.0.2.1"><HostProperties/>
${rule('a', 'FAILED')}${rule('b', 'PASSED')}</ReportHost></Report></NessusClientData_v2>`
  expect(await findings(text)).toMatchObject([
    { check: '21156:a', title: 'Rule a', about: 'configuration', state: 'open' },
    { check: '21156:b', title: 'Rule b', about: 'configuration', state: 'fixed' },
  ])
})

describe('Greenbone', () => {
  test('what a person of theirs called false is not open', async () => {
    const text = `<report id="r" format_id="f"><results><result id="x"><host>192.0.2.1</host><port>443/tcp</port><nvt oid="1.3"><name>TLS</name>
<refs><ref type="cve" id="CVE-2021-41773"/></refs></nvt><threat>False Positive</threat><severity>-1.0</severity></result></results></report>`
    expect(await findings(text)).toMatchObject([{ state: 'not-affected' }])
  })

  test('the list says how severe it is as the report does', async () => {
    const text =
      'IP,Port,CVSS,Severity,NVT Name,NVT OID,CVEs\n192.0.2.1,443,9.8,High,Apache,1.3,CVE-2021-41773\n'
    expect(await findings(text)).toMatchObject([{ severity: 'critical', score: 9.8 }])
  })
})

const link = 'urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg%3Anpm%2Flodash'
test.each([
  [
    'JSON',
    JSON.stringify({
      bomFormat: 'CycloneDX',
      components: [{ name: 'lodash', 'bom-ref': 'pkg:npm/lodash', purl: 'pkg:npm/lodash@4.17.20' }],
      vulnerabilities: [
        { id: 'CVE-2021-1', affects: [{ ref: link }], analysis: { state: 'not_affected' } },
      ],
    }),
  ],
  [
    'XML',
    `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component bom-ref="pkg:npm/lodash"><name>lodash</name><purl>pkg:npm/lodash@4.17.20</purl></component></components>
<vulnerabilities><vulnerability><id>CVE-2021-1</id><analysis><state>not_affected</state></analysis><affects><target><ref>${link}</ref></target></affects></vulnerability></vulnerabilities></bom>`,
  ],
])('CycloneDX in %s: a BOM-Link is the component it points at', async (_form, text) => {
  expect(await findings(text)).toMatchObject([
    { state: 'not-affected', component: { name: 'lodash', purl: 'pkg:npm/lodash@4.17.20' } },
  ])
})

test('Shodan’s own score and trial of a vulnerability are kept', async () => {
  const banner = { ip_str: '198.51.100.30', port: 443, transport: 'tcp' }
  const vulns = {
    'CVE-2024-21887': { cvss: 9.1, verified: true },
    'CVE-2024-2000': { cvss: '5.0' },
  }
  expect((await findings(JSON.stringify({ ...banner, vulns }))).slice(1)).toMatchObject([
    { check: 'CVE-2024-21887', severity: 'critical', score: 9.1, confidence: 90 },
    { check: 'CVE-2024-2000', severity: 'medium', confidence: 30 },
  ])
  expect(
    (await findings(JSON.stringify({ ...banner, vulns: ['CVE-2024-3000'] }))).slice(1),
  ).toMatchObject([{ check: 'CVE-2024-3000', severity: 'informational' }])
})

describe('a plain list', () => {
  test('a row that names no asset is told, and a vulnerability is no asset', async () => {
    const all = await read('Name,Severity\nCVE-2024-20731,High\n,Low\nweb1,Low\n')
    expect(all).toMatchObject([
      { kind: 'problem', what: 'asset', value: 'CVE-2024-20731' },
      { kind: 'problem', what: 'asset', value: '' },
      { kind: 'asset', host: { aliases: [{ kind: 'name', value: 'web1' }] } },
    ])
  })

  test('one more vulnerability in a cell changes none of those beside it', async () => {
    const checks = async (cell: string) =>
      (await findings(`host,cve\nweb1,${cell}\n`)).map(({ check, group }) => `${check} ${group}`)
    expect(await checks('CVE-2024-1000')).toEqual(['CVE-2024-1000 1'])
    expect(await checks('CVE-2024-1000 CVE-2024-2000')).toEqual([
      'CVE-2024-1000 1',
      'CVE-2024-2000 1',
    ])
  })

  test('columns in French name the machine', async () => {
    expect(await aliases('Nom de l’hôte;Adresse IP\npare-feu-1;192.0.2.1\n')).toEqual([
      'name pare-feu-1',
      'address 192.0.2.1',
    ])
  })
})

test.each([
  [
    'Nessus',
    `<NessusClientData_v2><Report name="x"><ReportHost name="192.0.2.1"><HostProperties><tag name="cpe">cpe:/o:linux:linux_kernel</tag>
<tag name="cpe-1">cpe:/a:apache:http_server:2.4.49 -&gt; Apache HTTP Server</tag></HostProperties></ReportHost></Report></NessusClientData_v2>`,
  ],
  [
    'Greenbone',
    `<report id="r" format_id="f"><host><ip>192.0.2.1</ip><detail><name>App</name><value>cpe:/a:apache:http_server:2.4.49</value></detail>
<detail><name>best_os_cpe</name><value>cpe:/o:debian:debian_linux:11</value></detail></host><results/></report>`,
  ],
  [
    'Rapid7',
    `<NexposeReport version="2.0"><nodes><node address="192.0.2.1" status="unknown"><software><fingerprint certainty="1.0" vendor="Apache" product="HTTPD" version="2.4.49" cpe="cpe:/a:apache:http_server:2.4.49"/></software></node></nodes></NexposeReport>`,
  ],
])('%s says what is installed, with its version', async (_tool, text) => {
  expect(await read(text)).toMatchObject([
    {
      kind: 'asset',
      host: { aliases: [{ value: '192.0.2.1' }] },
      products: [{ cpe: 'cpe:/a:apache:http_server:2.4.49', service: '' }],
    },
  ])
})
