// Products at the edge that state-sponsored intruders favour: gateways, firewalls, file transfer, hypervisor and remote management.

const EDGE: readonly (readonly [RegExp, RegExp])[] = [
  [/fortinet/, /forti(?:os|gate|proxy|manager|web|analyzer|mail|sandbox|client_?ems|voice)/],
  [/palo_?\s?alto/, /pan-?os|globalprotect|panorama|expedition/],
  [
    /cisco/,
    /\bios\b|ios[\s_]xe|adaptive_?\s?security|\basa\b|firepower|secure_?\s?firewall|small_business|rv\d|webex|unified_|identity_services|sd-?wan/,
  ],
  [
    /ivanti|pulse/,
    /connect_?\s?secure|policy_?\s?secure|\bepmm\b|endpoint_?\s?manager|neurons|sentry|avanti|avalanche|csa|cloud_services/,
  ],
  [/citrix|netscaler/, /netscaler|\badc\b|gateway|sharefile|xenmobile/],
  [/juniper/, /junos|screenos|session_smart/],
  [/sonicwall/, /./],
  [/f5/, /big-?ip/],
  [/check_?\s?point/, /gateway|quantum|gaia|mobile_access/],
  [
    /sophos|zyxel|watchguard|barracuda|draytek|mikrotik|ubiquiti|netgear|tp-?link|d-?link|array/,
    /./,
  ],
  [/progress/, /moveit|ws_ftp|whatsup|loadmaster|telerik/],
  [/fortra|goanywhere/, /goanywhere/],
  [/accellion|kiteworks|cleo|crushftp|solarwinds|serv-?u/, /./],
  [/vmware|broadcom/, /vcenter|esxi|workspace_?\s?one|horizon/],
  [/connectwise|simplehelp|kaseya|n-?able|beyondtrust|bomgar|teamviewer|anydesk/, /./],
  [/microsoft/, /exchange|sharepoint/],
  [/zoho|manageengine/, /./],
  [/atlassian/, /confluence/],
  [/openvpn|wing_?ftp|zimbra|synacor|roundcube|veeam/, /./],
]

export function isEdgeProduct(vendor: string, product: string): boolean {
  const [maker, thing] = [vendor.toLowerCase(), product.toLowerCase()]
  return EDGE.some(([ofMaker, ofThing]) => ofMaker.test(maker) && ofThing.test(thing))
}
