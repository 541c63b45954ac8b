// Columns of endpoints, traffic, HTTP, TLS and DNS.

import { LC, S, ZSTD, column } from './event-column.ts'
import type { EventColumn } from './event-column.ts'

export const NETWORK: readonly EventColumn[] = [
  column('src_ip', 'IPv6', ['src_endpoint.ip', 'source.ip'], 'Source address', {
    isObserved: true,
    use: 'lead',
  }),
  column('src_port', 'UInt16', ['src_endpoint.port', 'source.port'], 'Source port', {
    codec: ZSTD,
  }),
  column('src_host', S, ['src_endpoint.hostname', 'source.domain'], 'Source name', {
    isObserved: true,
  }),
  column(
    'src_zone',
    LC,
    ['src_endpoint.zone', 'observer.ingress.zone'],
    'Source zone or interface',
  ),
  column('src_nat_ip', 'IPv6', [null, 'source.nat.ip'], 'Source address after translation', {
    isObserved: true,
  }),
  column('src_nat_port', 'UInt16', [null, 'source.nat.port'], 'Source port after translation', {
    codec: ZSTD,
    use: 'record',
  }),
  column(
    'src_asn',
    'UInt32',
    ['src_endpoint.autonomous_system.number', 'source.as.number'],
    'Network the source belongs to',
  ),
  column(
    'src_country',
    LC,
    ['src_endpoint.location.country', 'source.geo.country_iso_code'],
    'Country as the product writes it',
  ),
  column('dst_ip', 'IPv6', ['dst_endpoint.ip', 'destination.ip'], 'Destination address', {
    isObserved: true,
    use: 'lead',
  }),
  column('dst_port', 'UInt16', ['dst_endpoint.port', 'destination.port'], 'Destination port', {
    codec: ZSTD,
    use: 'lead',
  }),
  column('dst_host', S, ['dst_endpoint.hostname', 'destination.domain'], 'Destination name', {
    isObserved: true,
  }),
  column(
    'dst_zone',
    LC,
    ['dst_endpoint.zone', 'observer.egress.zone'],
    'Destination zone or interface',
  ),
  column(
    'dst_nat_ip',
    'IPv6',
    [null, 'destination.nat.ip'],
    'Destination address after translation',
    { isObserved: true },
  ),
  column(
    'dst_nat_port',
    'UInt16',
    [null, 'destination.nat.port'],
    'Destination port after translation',
    { codec: ZSTD, use: 'record' },
  ),
  column(
    'dst_country',
    LC,
    ['dst_endpoint.location.country', 'destination.geo.country_iso_code'],
    'Country as the product writes it',
  ),
  column(
    'proto_num',
    'UInt8',
    ['connection_info.protocol_num', 'network.iana_number'],
    'IP protocol number',
  ),
  column('app_proto', LC, [null, 'network.protocol'], 'Application or service'),
  column(
    'direction_id',
    'UInt8',
    ['connection_info.direction_id', 'network.direction'],
    '1 inbound, 2 outbound, 3 lateral',
  ),
  column(
    'bytes_out',
    'UInt64',
    ['traffic.bytes_out', 'source.bytes'],
    'Bytes from source to destination',
    { codec: ZSTD },
  ),
  column(
    'bytes_in',
    'UInt64',
    ['traffic.bytes_in', 'destination.bytes'],
    'Bytes from destination to source',
    { codec: ZSTD },
  ),
  column('duration_ms', 'UInt64', ['duration', 'event.duration'], 'Duration', { codec: ZSTD }),
  column('rule_name', LC, ['firewall_rule.name', 'rule.name'], 'Policy or rule of the product'),
  column('url', S, ['http_request.url', 'url.original'], 'Address requested', { sigma: ['c-uri'] }),
  column('url_host', S, ['http_request.url.hostname', 'url.domain'], 'Host requested', {
    isObserved: true,
    sigma: ['cs-host'],
  }),
  column('http_method', LC, ['http_request.http_method', 'http.request.method'], 'HTTP method', {
    sigma: ['cs-method'],
  }),
  column(
    'http_status',
    'UInt16',
    ['http_response.code', 'http.response.status_code'],
    'HTTP status',
    { sigma: ['sc-status'] },
  ),
  column('http_referrer', S, ['http_request.referrer', 'http.request.referrer'], 'Referring page', {
    sigma: ['cs-referer', 'cs-referrer'],
  }),
  column('user_agent', S, ['http_request.user_agent', 'user_agent.original'], 'Client software', {
    sigma: ['c-useragent', 'cs-user-agent', 'userAgent'],
  }),
  column('tls_sni', S, ['tls.sni', 'tls.client.server_name'], 'TLS server name', {
    isObserved: true,
  }),
  column('tls_ja4', LC, ['tls.ja4_fingerprint_list', 'tls.client.ja4'], 'TLS client fingerprint', {
    isObserved: true,
  }),
  column('dns_query', S, ['query.hostname', 'dns.question.name'], 'Name asked for', {
    isObserved: true,
    sigma: ['QueryName'],
  }),
  column('dns_qtype', LC, ['query.type', 'dns.question.type'], 'Record type asked for'),
  column('dns_rcode', LC, ['rcode', 'dns.response_code'], 'DNS answer code'),
  column('dns_answers', 'Array(String)', ['answers', 'dns.resolved_ip'], 'DNS answers', {
    codec: ZSTD,
  }),
]
