// For tests: one small report of each tool and form, in its own fields, and what a person would read in it.

const csv = (...rows: readonly (readonly string[])[]) =>
  rows
    .map((row) =>
      row
        .map((cell) => (/[,;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(','),
    )
    .join('\n')

export type Report = {
  readonly name: string
  readonly tool: string
  readonly text: string
  readonly told: readonly string[]
}

export const REPORTS: readonly Report[] = [
  {
    name: 'Nessus 10, .nessus',
    tool: 'nessus',
    text: `<?xml version="1.0" ?>
<NessusClientData_v2><Report name="Mairie" xmlns:cm="http://www.nessus.org/cm"><ReportHost name="192.0.2.10"><HostProperties>
<tag name="host-ip">192.0.2.10</tag><tag name="host-fqdn">vpn.ville.example</tag><tag name="operating-system">Fortinet FortiOS</tag></HostProperties>
<ReportItem port="443" svc_name="www" protocol="tcp" severity="4" pluginID="190314" pluginName="FortiOS sslvpnd – Écriture hors limites" pluginFamily="Firewalls">
<cve>CVE-2024-21762</cve><cvss3_base_score>9.8</cvss3_base_score><risk_factor>Critical</risk_factor></ReportItem></ReportHost></Report></NessusClientData_v2>`,
    told: [
      'vpn.ville.example 192.0.2.10 | 443/tcp | 190314 | CVE-2024-21762 | critical | open',
      'vpn.ville.example 192.0.2.10:',
    ],
  },
  {
    name: 'Nessus, CSV',
    tool: 'nessus',
    text: csv(
      [
        'Plugin ID',
        'CVE',
        'CVSS v2.0 Base Score',
        'Risk',
        'Host',
        'Protocol',
        'Port',
        'Name',
        'Synopsis',
        'Description',
      ],
      [
        '104743',
        '',
        '6.1',
        'Medium',
        '192.0.2.10',
        'tcp',
        '443',
        'TLS Version 1.0 Protocol Detection',
        'L’hôte, et ses "amis"',
        'a\nb',
      ],
    ),
    told: ['192.0.2.10 | 443/tcp | 104743 |  | medium | open'],
  },
  {
    name: 'Tenable Security Center, CSV',
    tool: 'nessus',
    text: csv(
      [
        'Plugin',
        'Plugin Name',
        'Family',
        'Severity',
        'IP Address',
        'Protocol',
        'Port',
        'Exploit?',
        'Repository',
        'MAC Address',
        'DNS Name',
        'NetBIOS Name',
        'CVE',
        'First Discovered',
        'Last Observed',
      ],
      [
        '156032',
        'Apache Log4j',
        'Misc.',
        'Critical',
        '192.0.2.11',
        'TCP',
        '8080',
        'Yes',
        'city',
        '00:00:5e:00:53:11',
        'app.town.example',
        'TOWN\\APP',
        'CVE-2021-44228,CVE-2021-45046',
        'Jul 1, 2026 12:00:00 UTC',
        'Aug 1, 2026 12:00:00 UTC',
      ],
    ),
    told: [
      'app.town.example 192.0.2.11 00:00:5e:00:53:11 town\\app | 8080/tcp | 156032 | CVE-2021-44228+CVE-2021-45046 | critical | open',
    ],
  },
  {
    name: 'Tenable Vulnerability Management, export of vulnerabilities',
    tool: 'nessus',
    text: JSON.stringify([
      {
        asset: {
          uuid: 'a1b2',
          hostname: 'web',
          fqdn: 'web.town.example',
          ipv4: '192.0.2.12',
          operating_system: ['Linux Kernel 5.4'],
        },
        plugin: { id: 158900, name: 'OpenSSL', cve: ['CVE-2022-0778'], cvss3_base_score: 7.5 },
        port: { port: 443, protocol: 'TCP' },
        severity: 'high',
        state: 'REOPENED',
        last_found: '2026-08-01T00:00:00Z',
      },
      {
        asset: { uuid: 'a1b2', fqdn: 'web.town.example' },
        plugin: { id: 1 },
        severity: 'low',
        state: 'FIXED',
      },
    ]),
    told: [
      'tenable:a1b2 web.town.example web 192.0.2.12 | 443/tcp | 158900 | CVE-2022-0778 | high | open',
      'tenable:a1b2 web.town.example |  | 1 |  | low | fixed',
    ],
  },
  {
    name: 'Greenbone 22, XML of a report',
    tool: 'openvas',
    text: `<report id="r" format_id="f"><report id="r"><results start="1" max="100"><result id="x"><name>TLS</name><host>192.0.2.13<asset asset_id="y"/><hostname>mail.town.example</hostname></host><port>993/tcp</port>
<nvt oid="1.3.6.1.4.1.25623.1.0.117274"><type>nvt</type><name>SSL/TLS: Deprecated TLSv1.0 and TLSv1.1 Protocol Detection</name><cvss_base>4.3</cvss_base><refs><ref type="cve" id="CVE-2011-3389"/><ref type="cve" id="CVE-2015-0204"/></refs></nvt>
<threat>Medium</threat><severity>4.3</severity><qod><value>98</value></qod><creation_time>2026-08-01T10:00:00Z</creation_time></result></results></report></report>`,
    told: [
      'mail.town.example 192.0.2.13 | 993/tcp | 1.3.6.1.4.1.25623.1.0.117274 | CVE-2011-3389+CVE-2015-0204 | medium | open',
    ],
  },
  {
    name: 'Greenbone, CSV',
    tool: 'openvas',
    text: csv(
      [
        'IP',
        'Hostname',
        'Port',
        'Port Protocol',
        'CVSS',
        'Severity',
        'QoD',
        'Solution Type',
        'NVT Name',
        'Summary',
        'Specific Result',
        'NVT OID',
        'CVEs',
        'Task ID',
        'Task Name',
        'Timestamp',
        'Result ID',
      ],
      [
        '192.0.2.14',
        '',
        '22',
        'tcp',
        '5.3',
        'Medium',
        '80',
        'Mitigation',
        'Weak Key Exchange',
        'x',
        'y',
        '1.3.6.1.4.1.25623.1.0.150713',
        '',
        't',
        'Scan',
        '2026-08-01T10:00:00Z',
        'r',
      ],
    ),
    told: ['192.0.2.14 | 22/tcp | 1.3.6.1.4.1.25623.1.0.150713 |  | medium | open'],
  },
  {
    name: 'Nuclei 3, JSON lines',
    tool: 'nuclei',
    text: [
      {
        'template-id': 'CVE-2023-34362',
        info: {
          name: 'MOVEit',
          severity: 'critical',
          classification: { 'cve-id': ['cve-2023-34362'], 'cvss-score': 9.8 },
        },
        type: 'http',
        host: 'files.town.example',
        port: '443',
        'matched-at': 'https://files.town.example/human.aspx',
        ip: '192.0.2.15',
        timestamp: '2026-08-01T10:00:00.123456789-04:00',
      },
      {
        'template-id': 'security-txt',
        info: { name: 'Security.txt', severity: 'info', classification: null },
        type: 'http',
        host: 'https://www.town.example',
        'matched-at': 'https://www.town.example/.well-known/security.txt',
        ip: '192.0.2.16',
      },
    ]
      .map((one) => JSON.stringify(one))
      .join('\n'),
    told: [
      'files.town.example 192.0.2.15 | 443/tcp | CVE-2023-34362 | CVE-2023-34362 | critical | open',
      'www.town.example 192.0.2.16 | 443/tcp | security-txt |  | informational | open',
    ],
  },
  {
    name: 'Nuclei 2, JSON lines',
    tool: 'nuclei',
    text: JSON.stringify({
      templateID: 'ftp-default-login',
      info: { name: 'FTP Default Login', severity: 'high' },
      matched: '192.0.2.17:21',
      type: 'network',
      host: '192.0.2.17:21',
      matcher_name: 'weak',
    }),
    told: ['192.0.2.17 | 21/tcp | ftp-default-login:weak |  | high | open'],
  },
  {
    name: 'Qualys, host list detection of the API',
    tool: 'qualys',
    text: `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE HOST_LIST_VM_DETECTION_OUTPUT SYSTEM "https://qualysapi.example/api/2.0/fo/asset/host/vm/detection/host_list_vm_detection_output.dtd">
<HOST_LIST_VM_DETECTION_OUTPUT><RESPONSE><HOST_LIST><HOST><ID>6506432</ID><IP>192.0.2.18</IP><OS><![CDATA[Windows 2019]]></OS><DNS><![CDATA[dc1.town.example]]></DNS><DETECTION_LIST>
<DETECTION><QID>38628</QID><TYPE>Confirmed</TYPE><SEVERITY>3</SEVERITY><PORT>443</PORT><PROTOCOL>tcp</PROTOCOL><STATUS>Active</STATUS><LAST_FOUND_DATETIME>2026-08-01T10:00:00Z</LAST_FOUND_DATETIME></DETECTION>
<DETECTION><QID>91000</QID><TYPE>Potential</TYPE><SEVERITY>5</SEVERITY><STATUS>Fixed</STATUS></DETECTION></DETECTION_LIST></HOST></HOST_LIST></RESPONSE></HOST_LIST_VM_DETECTION_OUTPUT>`,
    told: [
      'qualys:6506432 dc1.town.example 192.0.2.18 | 443/tcp | 38628 |  | medium | open',
      'qualys:6506432 dc1.town.example 192.0.2.18 |  | 91000 |  | critical | fixed',
    ],
  },
  {
    name: 'Qualys VM, CSV with titles above',
    tool: 'qualys',
    text: `"Scan Results","08/01/2026 at 10:00:00 (GMT-0400)"\n"Town","1 Main","","Sudbury","Ontario","Canada","P3A"\n\n${csv(
      [
        'IP',
        'DNS',
        'NetBIOS',
        'OS',
        'IP Status',
        'QID',
        'Title',
        'Type',
        'Severity',
        'Port',
        'Protocol',
        'FQDN',
        'SSL',
        'CVE ID',
      ],
      [
        '192.0.2.19',
        'No registered hostname',
        '',
        'Linux',
        'host scanned, found vuln',
        '38170',
        'SSL Certificate - Subject Common Name Does Not Match',
        'Vuln',
        '2',
        '443',
        'tcp',
        '',
        'no',
        '',
      ],
    )}`,
    told: ['192.0.2.19 | 443/tcp | 38170 |  | low | open'],
  },
  {
    name: 'Rapid7, XML Export 2.0',
    tool: 'rapid7',
    text: `<NexposeReport version="2.0"><scans/><nodes><node address="192.0.2.20" status="alive" device-id="7"><names><name>db.town.example</name></names><fingerprints><os certainty="1.0" vendor="Microsoft" product="Windows Server 2019"/></fingerprints><tests/>
<endpoints><endpoint protocol="tcp" port="3389" status="open"><services><service name="RDP"><tests><test status="vulnerable-exploited" id="tlsv1_0-enabled"><Paragraph>x</Paragraph></test></tests></service></services></endpoint></endpoints></node></nodes>
<VulnerabilityDefinitions><vulnerability id="tlsv1_0-enabled" title="TLS Server Supports TLS version 1.0" severity="4" cvssScore="4.3"><references><reference source="CVE">CVE-2011-3389</reference></references></vulnerability></VulnerabilityDefinitions></NexposeReport>`,
    told: [
      'rapid7:7 db.town.example 192.0.2.20:',
      'rapid7:7 db.town.example 192.0.2.20 |  | host-up |  | informational | open',
      'rapid7:7 db.town.example 192.0.2.20 | 3389/tcp | open-port |  | informational | open',
      'rapid7:7 db.town.example 192.0.2.20 | 3389/tcp | tlsv1_0-enabled | CVE-2011-3389 | medium | open',
    ],
  },
  {
    name: 'Rapid7, basic check results as CSV',
    tool: 'rapid7',
    text: csv(
      [
        'Asset IP Address',
        'Service Port',
        'Vulnerability Test Result Code',
        'Vulnerability ID',
        'Vulnerability CVE IDs',
        'Vulnerability Severity Level',
        'Vulnerability Title',
        'Asset Names',
        'Service Protocol',
      ],
      [
        '192.0.2.21',
        '445',
        'VE',
        'windows-hotfix-ms17-010',
        'CVE-2017-0143,CVE-2017-0144',
        '10',
        'MS17-010',
        'old.town.example',
        'TCP',
      ],
      ['192.0.2.21', '445', 'NV', 'other', '', '1', 'Not vulnerable', '', 'TCP'],
    ),
    told: [
      'old.town.example 192.0.2.21 | 445/tcp | windows-hotfix-ms17-010 | CVE-2017-0143+CVE-2017-0144 | critical | open',
    ],
  },
  {
    name: 'Trivy, an image',
    tool: 'trivy',
    text: JSON.stringify({
      SchemaVersion: 2,
      CreatedAt: '2026-08-01T10:00:00Z',
      ArtifactName: 'registry.town.example/app:1',
      ArtifactType: 'container_image',
      Results: [
        {
          Target: 'app (debian 12)',
          Class: 'os-pkgs',
          Vulnerabilities: [
            {
              VulnerabilityID: 'CVE-2026-0001',
              PkgName: 'libx',
              PkgIdentifier: { PURL: 'pkg:deb/debian/libx@1.0' },
              InstalledVersion: '1.0',
              FixedVersion: '1.1',
              Status: 'fixed',
              Severity: 'HIGH',
            },
          ],
        },
        { Target: 'x', Vulnerabilities: null },
      ],
    }),
    told: ['registry.town.example/app:1 |  | CVE-2026-0001 | CVE-2026-0001 | high | open'],
  },
  {
    name: 'Trivy, the short report of a cluster',
    tool: 'trivy',
    text: JSON.stringify({
      ClusterName: 'city',
      Findings: [
        {
          Namespace: 'web',
          Kind: 'Deployment',
          Name: 'front',
          Results: [
            {
              Target: 't',
              Vulnerabilities: [
                { VulnerabilityID: 'CVE-2026-0002', PkgName: 'x', Severity: 'LOW' },
              ],
            },
          ],
        },
      ],
    }),
    told: ['web/deployment/front |  | CVE-2026-0002 | CVE-2026-0002 | low | open'],
  },
  {
    name: 'Grype',
    tool: 'grype',
    text: JSON.stringify({
      matches: [
        {
          vulnerability: {
            id: 'GHSA-aaaa-bbbb-cccc',
            severity: 'Critical',
            fix: { versions: ['2.17.1'], state: 'fixed' },
            cvss: [],
          },
          relatedVulnerabilities: [{ id: 'CVE-2021-44228' }],
          artifact: {
            name: 'log4j-core',
            version: '2.14.1',
            purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
            cpes: [],
          },
        },
      ],
      source: { type: 'image', target: { userInput: 'app:1' } },
    }),
    told: ['app:1 |  | GHSA-aaaa-bbbb-cccc | CVE-2021-44228 | critical | open'],
  },
  {
    name: 'CycloneDX 1.6, JSON',
    tool: 'cyclonedx',
    text: JSON.stringify({
      $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { type: 'application', name: 'tax', version: '2' } },
      components: [
        {
          'bom-ref': 'a',
          type: 'library',
          name: 'xz',
          version: '5.6.0',
          purl: 'pkg:generic/xz@5.6.0',
        },
      ],
      vulnerabilities: [
        {
          id: 'CVE-2024-3094',
          ratings: [{ severity: 'critical', score: 10 }],
          analysis: { state: 'exploitable' },
          affects: [{ ref: 'a' }],
        },
      ],
    }),
    told: ['tax: xz 5.6.0, tax 2', 'tax |  | CVE-2024-3094 | CVE-2024-3094 | critical | open'],
  },
  {
    name: 'CycloneDX 1.5, XML with a prefix',
    tool: 'cyclonedx',
    text: '<?xml version="1.0" encoding="utf-8"?><b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.5" version="1"><b:metadata><b:component type="application"><b:name>roll</b:name></b:component></b:metadata><b:components><b:component type="library" bom-ref="z"><b:name>zlib</b:name><b:version>1.2.11</b:version></b:component></b:components></b:bom>',
    told: ['roll: roll, zlib 1.2.11'],
  },
  {
    name: 'SPDX 2.3, JSON',
    tool: 'spdx',
    text: JSON.stringify({
      spdxVersion: 'SPDX-2.3',
      dataLicense: 'CC0-1.0',
      name: 'Portail',
      packages: [
        {
          SPDXID: 'SPDXRef-1',
          name: 'openssl',
          versionInfo: '3.0.1',
          supplier: 'Organization: OpenSSL',
          externalRefs: [
            {
              referenceCategory: 'PACKAGE-MANAGER',
              referenceType: 'purl',
              referenceLocator: 'pkg:generic/openssl@3.0.1',
            },
          ],
        },
      ],
    }),
    told: ['portail: openssl 3.0.1'],
  },
  {
    name: 'SPDX 2.2, tag and value',
    tool: 'spdx',
    text: 'SPDXVersion: SPDX-2.2\nDocumentName: Portail\n\nPackageName: curl\nPackageVersion: 8.4.0\nPackageSupplier: Organization: curl\nExternalRef: PACKAGE-MANAGER purl pkg:generic/curl@8.4.0\n',
    told: ['portail: curl 8.4.0'],
  },
  {
    name: 'SPDX 3.0, JSON-LD',
    tool: 'spdx',
    text: JSON.stringify({
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': [
        { type: 'SpdxDocument', spdxId: 'd', name: 'Portal' },
        {
          type: 'software_Package',
          spdxId: 'p',
          name: 'nginx',
          software_packageVersion: '1.25.3',
          software_packageUrl: 'pkg:generic/nginx@1.25.3',
        },
      ],
    }),
    told: ['portal: nginx 1.25.3'],
  },
  {
    name: 'Shodan, lines of a download',
    tool: 'shodan',
    text: [
      {
        ip_str: '198.51.100.30',
        port: 443,
        transport: 'tcp',
        hostnames: ['vpn.town.example'],
        product: 'Ivanti Connect Secure',
        timestamp: '2026-08-01T10:00:00.000000',
        vulns: { 'CVE-2025-0282': { verified: true } },
      },
      {
        ip_str: '198.51.100.30',
        port: 22,
        transport: 'tcp',
        hostnames: [],
        timestamp: '2026-08-01T10:00:00.000000',
      },
    ]
      .map((one) => JSON.stringify(one))
      .join('\n'),
    told: [
      'vpn.town.example 198.51.100.30: Ivanti Connect Secure',
      'vpn.town.example 198.51.100.30 | 443/tcp | open-port |  | informational | open',
      'vpn.town.example 198.51.100.30 | 443/tcp | CVE-2025-0282 | CVE-2025-0282 | informational | open',
      '198.51.100.30:',
      '198.51.100.30 | 22/tcp | open-port |  | informational | open',
    ],
  },
  {
    name: 'Censys, the platform’s search',
    tool: 'censys',
    text: JSON.stringify({
      result: {
        hits: [
          {
            host_v1: {
              resource: {
                ip: '198.51.100.31',
                services: [
                  {
                    port: 3389,
                    protocol: 'RDP',
                    transport_protocol: 'tcp',
                    software: [{ vendor: 'microsoft', product: 'remote_desktop' }],
                  },
                ],
              },
            },
          },
        ],
      },
    }),
    told: [
      '198.51.100.31: remote_desktop',
      '198.51.100.31 | 3389/tcp | open-port |  | informational | open',
    ],
  },
  {
    name: 'Censys, Search 2.0',
    tool: 'censys',
    text: JSON.stringify({
      code: 200,
      status: 'OK',
      result: {
        query: 'x',
        total: 1,
        hits: [
          {
            ip: '198.51.100.32',
            name: 'old.town.example',
            last_updated_at: '2026-08-01T10:00:00Z',
            services: [{ port: 25, service_name: 'SMTP', transport_protocol: 'TCP' }],
          },
        ],
      },
    }),
    told: [
      'old.town.example 198.51.100.32:',
      'old.town.example 198.51.100.32 | 25/tcp | open-port |  | informational | open',
    ],
  },
  {
    name: 'Defender, vulnerabilities by machine and software, lines of an export by files',
    tool: 'defender',
    text: JSON.stringify({
      id: 'd_vendor_x',
      deviceId: 'd',
      rbacGroupName: 'All',
      deviceName: 'pc-7.town.example',
      osPlatform: 'Windows11',
      softwareVendor: 'google',
      softwareName: 'chrome',
      softwareVersion: '120.0.1',
      cveId: 'CVE-2026-0003',
      vulnerabilitySeverityLevel: 'High',
      recommendedSecurityUpdate: null,
      lastSeenTimestamp: '2026-08-01 10:00:00',
    }),
    told: ['defender:d pc-7.town.example |  | CVE-2026-0003 | CVE-2026-0003 | high | open'],
  },
  {
    name: 'Defender, advanced hunting as JSON',
    tool: 'defender',
    text: JSON.stringify({
      Schema: [{ Name: 'CveId', Type: 'String' }],
      Results: [
        {
          DeviceId: 'e',
          DeviceName: 'pc-8.town.example',
          SoftwareVendor: 'adobe',
          SoftwareName: 'reader',
          SoftwareVersion: '23.1',
          CveId: 'CVE-2026-0004',
          VulnerabilitySeverityLevel: 'Critical',
        },
      ],
    }),
    told: ['defender:e pc-8.town.example |  | CVE-2026-0004 | CVE-2026-0004 | critical | open'],
  },
  {
    name: 'Defender, advanced hunting as CSV',
    tool: 'defender',
    text: csv(
      [
        'DeviceId',
        'DeviceName',
        'OSPlatform',
        'OSVersion',
        'OSArchitecture',
        'SoftwareVendor',
        'SoftwareName',
        'SoftwareVersion',
        'CveId',
        'VulnerabilitySeverityLevel',
        'RecommendedSecurityUpdate',
      ],
      [
        'f',
        'pc-9.town.example',
        'Windows11',
        '10.0',
        'x64',
        'oracle',
        'jre',
        '8.0',
        'CVE-2026-0005',
        'Medium',
        'KB1',
      ],
    ),
    told: ['defender:f pc-9.town.example |  | CVE-2026-0005 | CVE-2026-0005 | medium | open'],
  },
]
