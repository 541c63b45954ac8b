// Registers of others that STIX says values SHOULD come from. What is met in the field; a value beyond them is advice only.

/** IANA's permanent and provisional header fields of HTTP requests. */
export const REQUEST_HEADERS = new Set(
  `a-im accept accept-charset accept-datetime accept-encoding accept-language access-control-request-headers access-control-request-method
  authorization cache-control connection content-disposition content-encoding content-language content-length content-location content-md5 content-range content-type cookie
  date dnt expect forwarded from front-end-https host http2-settings if-match if-modified-since if-none-match if-range if-unmodified-since keep-alive max-forwards
  origin pragma prefer proxy-authorization proxy-connection range referer save-data sec-ch-ua sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user
  sec-websocket-accept sec-websocket-extensions sec-websocket-key sec-websocket-protocol sec-websocket-version te trailer transfer-encoding upgrade upgrade-insecure-requests
  user-agent via warning x-att-deviceid x-csrf-token x-correlation-id x-forwarded-for x-forwarded-host x-forwarded-proto x-http-method-override x-request-id x-requested-with x-uidh x-wap-profile`.split(
    /\s+/,
  ),
)

/** Prefixes and names of socket options (section 6.12.4). */
export const SOCKET_OPTIONS = new Set(
  `SO_ACCEPTCONN SO_ATTACH_BPF SO_ATTACH_FILTER SO_BINDTODEVICE SO_BROADCAST SO_BSDCOMPAT SO_BUSY_POLL SO_CONDITIONAL_ACCEPT SO_CONNDATA SO_CONNECT_TIME SO_CONNOPT SO_DEBUG
  SO_DETACH_FILTER SO_DISCDATA SO_DOMAIN SO_DONTLINGER SO_DONTROUTE SO_ERROR SO_EXCLUSIVEADDRUSE SO_GROUP_ID SO_GROUP_PRIORITY SO_INCOMING_CPU SO_KEEPALIVE SO_LINGER SO_LOCK_FILTER
  SO_MARK SO_MAX_MSG_SIZE SO_OOBINLINE SO_OPENTYPE SO_PASSCRED SO_PAUSE_ACCEPT SO_PEEK_OFF SO_PEERCRED SO_PORT_SCALABILITY SO_PRIORITY SO_PROTOCOL SO_PROTOCOL_INFO SO_RCVBUF SO_RCVBUFFORCE
  SO_RCVLOWAT SO_RCVTIMEO SO_REUSEADDR SO_REUSEPORT SO_REUSE_MULTICASTPORT SO_RXQ_OVFL SO_SNDBUF SO_SNDBUFFORCE SO_SNDLOWAT SO_SNDTIMEO SO_TIMESTAMP SO_TYPE SO_UPDATE_ACCEPT_CONTEXT
  SO_USELOOPBACK TCP_BSDURGENT TCP_CONGESTION TCP_CORK TCP_DEFER_ACCEPT TCP_EXPEDITED_1122 TCP_FASTOPEN TCP_INFO TCP_KEEPCNT TCP_KEEPIDLE TCP_KEEPINTVL TCP_LINGER2 TCP_MAXRT TCP_MAXSEG
  TCP_NODELAY TCP_QUICKACK TCP_SYNCNT TCP_TIMESTAMPS TCP_USER_TIMEOUT TCP_WINDOW_CLAMP IP_ADD_MEMBERSHIP IP_ADD_SOURCE_MEMBERSHIP IP_BLOCK_SOURCE IP_DONTFRAGMENT IP_DROP_MEMBERSHIP
  IP_DROP_SOURCE_MEMBERSHIP IP_FREEBIND IP_HDRINCL IP_MTU IP_MTU_DISCOVER IP_MULTICAST_ALL IP_MULTICAST_IF IP_MULTICAST_LOOP IP_MULTICAST_TTL IP_OPTIONS IP_PKTINFO IP_RECVERR IP_RECVOPTS
  IP_RECVTOS IP_RECVTTL IP_RETOPTS IP_TOS IP_TRANSPARENT IP_TTL IP_UNBLOCK_SOURCE IPV6_ADD_MEMBERSHIP IPV6_DROP_MEMBERSHIP IPV6_HOPLIMIT IPV6_JOIN_GROUP IPV6_LEAVE_GROUP IPV6_MTU
  IPV6_MULTICAST_HOPS IPV6_MULTICAST_IF IPV6_MULTICAST_LOOP IPV6_PKTINFO IPV6_PROTECTION_LEVEL IPV6_RECVERR IPV6_UNICAST_HOPS IPV6_V6ONLY MCAST_BLOCK_SOURCE MCAST_JOIN_GROUP
  MCAST_JOIN_SOURCE_GROUP MCAST_LEAVE_GROUP MCAST_LEAVE_SOURCE_GROUP MCAST_UNBLOCK_SOURCE ICMP_FILTER`.split(
    /\s+/,
  ),
)

/** ISO 32000-1 section 14.3.3. */
export const PDF_KEYS = new Set(
  'Title Author Subject Keywords Creator Producer CreationDate ModDate Trapped'.split(' '),
)

/** Names of protocols as IANA's service register and section 6.12.1 write them. */
export const PROTOCOLS = new Set(
  `afp ah amqp arp bgp bittorrent bootp cifs coap cotp dccp dcerpc dhcp dhcpv6 dnp3 dns dtls eigrp enip epm esp ethernet ftp ftp-data ftps git gopher gre h323 hsrp http http-alt https
  icmp icmp6 icmpv6 iec-104 igmp igmpv3 ike imap imap3 imaps ip ipcomp ipfix ipp ipsec ipv4 ipv6 ipv6-icmp ipx irc ircs isakmp iscsi isis kerberos kpasswd l2tp lacp ldap ldaps lldp llmnr lpd
  mdns memcache memcached modbus mongodb mpls mqtt msrp mssql ms-sql-s mysql nat-pmp nbns nbss ndp netbios netbios-ns netbios-dgm netbios-ssn netflow nfs nntp ntlm ntp openvpn ospf
  pim pop3 pop3s postgresql pppoe pptp quic radius rdp redis rfb rip rlogin rpc rsh rsvp rsync rtcp rtmp rtp rtsp s7comm sctp secure-smtp sflow sftp sip sips skinny smb smb2 smtp smtps snmp
  snmptrap socks spdy ssdp ssh ssl stp stun sunrpc syslog syslog-tls tacacs tacacs-plus tcp teamviewer telnet telnets teredo tftp tls tor udp udplite vlan vnc vrrp vxlan webdav
  websocket whois winrm wins wireguard x11 xmpp xmpp-client xmpp-server zabbix`.split(/\s+/),
)

/** Names of IPFIX information elements end, begin or look like these; the register holds 500 of them. */
export const IPFIX_NAME =
  /^(?:[a-z][A-Za-z0-9]*(?:Count|Length|Port|Address|Prefix|Mask|Id|ID|Name|Type|Code|Time|Seconds|Milliseconds|Microseconds|Nanoseconds|Interface|Bits|Flags|Octets|Packets|Header|Offset|Number|Interval|Algorithm|Version|Class|Label|Options|Reason|Direction|TTL|Hop|Payload|Size|Value|Index|Section|Event|Action|Mode|Status|Key|Hash|Rate|Total|Space|Service|Precedence|Limit)\w*)$/
