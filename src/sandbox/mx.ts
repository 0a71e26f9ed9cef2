// The simulated DNS: mail to gateway.example.com or its subdomains passes a mail gateway, other mail does not.

import type { ResolveMx } from '../links/mail-gateway.ts'

export const simulatedMx: ResolveMx = async (domain) =>
  /(?:^|\.)gateway\.example\.com$/.test(domain) ? ['eu-smtp-inbound-1.mimecast.com'] : []
