// The table of mail gateways that open links, by the host names in a domain's MX records. Each entry gives the vendor's
// documentation and an example of such a record.

const HOSTS = {
  // https://help.proofpoint.com/Proofpoint_Essentials: mx1-us1.ppe-hosted.com; enterprises: mx0a-00112233.pphosted.com, and
  // gpphosted.com for governments
  proofpoint: ['pphosted.com', 'gpphosted.com', 'ppe-hosted.com'],
  // https://mimecastsupport.zendesk.com, “Mimecast Data Centers and URLs”: eu-smtp-inbound-1.mimecast.com, and so on by region
  mimecast: ['mimecast.com', 'mimecast.co.za', 'mimecast-offshore.com'],
  // https://campus.barracuda.com, “Email Gateway Defense”: d12345a.ess.barracudanetworks.com, d12345a.ess.de.barracudanetworks.com
  barracuda: ['barracudanetworks.com'],
  // https://docs.cmd.cisco.com/en/Content/secure-email-threat-defense-user-guide: mx.us.etd.cisco.com; the Cloud Gateway, once
  // IronPort: mx1.hc123-45.iphmx.com
  cisco: ['iphmx.com', 'etd.cisco.com'],
  // https://docs.trendmicro.com, “About MX Records”: acme.in.tmes.trendmicro.eu, acme.in.tmes-anz.trendmicro.com, and Hosted
  // Email Security's in.hes.trendmicro.com
  trend_micro: ['trendmicro.com', 'trendmicro.eu'],
  // https://docs.sophos.com/central/customer/help, “Email Security”: mx-01-eu-west-1.prod.hydra.sophos.com
  sophos: ['hydra.sophos.com'],
  // https://support.symantec.com/us/en/article.tech247121.html: cluster1.eu.messagelabs.com
  symantec: ['messagelabs.com'],
  // https://help.forcepoint.com/fpone/cloud-web/onlinehelp, “MX record DNS entries”: cust1234-1.in.mailcontrol.com
  forcepoint: ['in.mailcontrol.com'],
  // https://docs.trellix.com, “Email Security – Cloud”, once FireEye's: primary.us.email.fireeyecloud.com
  trellix: ['email.fireeyecloud.com'],
  // https://cp.hornetsecurity.com/manual, “Adjusting MX Records”: mx01.hornetsecurity.com; antispameurope.com by its old name
  hornetsecurity: ['hornetsecurity.com', 'antispameurope.com'],
  // https://docs.titanhq.com, SpamTitan Cloud: cloud15.spamtitan.com
  titanhq: ['spamtitan.com'],
  // https://community.fortinet.com/t5/FortiMail/…/ta-p/404787: acme-com.fortimailcloud.com
  fortinet: ['fortimailcloud.com'],
  // https://developers.cloudflare.com/email-security (once Area 1): mailstream-east.mxrecord.io, mailstream-central.mxrecord.mx.
  // Not mx.cloudflare.net, which forwards mail and scans none.
  cloudflare: ['mxrecord.io', 'mxrecord.mx'],
  // Last, because it is often the fallback behind another gateway. https://learn.microsoft.com/en-us/purview/how-smtp-dane-works:
  // acme-com.mail.protection.outlook.com, acme-com.o-v1.mx.microsoft; the governments' and China's clouds have their own.
  // Mail to outlook.com, hotmail.com and Microsoft's other domains for private people is scanned too:
  // outlook-com.olc.protection.outlook.com.
  microsoft: [
    'mail.protection.outlook.com',
    'olc.protection.outlook.com',
    'mx.microsoft',
    'mail.protection.office365.us',
    'mail.protection.partner.outlook.cn',
  ],
} as const satisfies Record<string, readonly string[]>

/** The gateway of a domain. `none`: no gateway in this table. `unknown`: DNS did not answer. */
export type Gateway = 'none' | 'unknown' | keyof typeof HOSTS

const table = Object.entries(HOSTS) as [keyof typeof HOSTS, readonly string[]][]

/** The gateway among the hosts of a domain's MX records; of several, the first in the table. */
export const gatewayAmong = (hosts: readonly string[]): Gateway => {
  const names = hosts.map((host) => `.${host.toLowerCase().replace(/\.$/, '')}`)
  const found = table.find(([, ours]) =>
    ours.some((our) => names.some((name) => name.endsWith(`.${our}`))),
  )
  return found?.[0] ?? 'none'
}

/** Whether the gateway is likely to open links. */
export const isScanning = (gateway: Gateway): boolean => gateway !== 'none' && gateway !== 'unknown'
