SELECT max(started) AS started, ended, batch, line FROM (
SELECT toUnixTimestamp64Milli(time) AS started, toUnixTimestamp64Milli(time) AS ended, toString(batch) AS batch, line FROM events WHERE true AND (((dst_ip != toIPv6('::') AND (dst_ip >= {p18:IPv6} AND dst_ip <= {p22:IPv6})) AND (dst_port != 0 AND (dst_port = {p35:Float64} OR dst_port = {p43:Float64})) AND arrayExists(word -> word = {p54:String}, arrayFilter(word -> word != '', [transform(proto_num, [1, 6, 17, 47, 50, 58, 132], ['icmp', 'tcp', 'udp', 'gre', 'esp', 'ipv6-icmp', 'sctp'], ''), lower(toString(app_proto))]))) AND (src_ip != toIPv6('::') OR dst_ip != toIPv6('::')))
) GROUP BY ended, batch, line ORDER BY ended, batch, line LIMIT {p65:Int64}

-- {"p18":"0000:0000:0000:0000:0000:ffff:cb00:7100","p22":"0000:0000:0000:0000:0000:ffff:cb00:71ff","p35":443,"p43":8443,"p54":"tcp","p65":100}
