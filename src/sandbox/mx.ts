// The DNS of the sandbox's world: mail to gateway.example.com, or below it, passes a gateway, and other mail none.

import type { ResolveMx } from '../links/mail-gateway.ts'

export const simulatedMx: ResolveMx = async (domain) =>
  /(?:^|\.)gateway\.example\.com$/.test(domain) ? ['eu-smtp-inbound-1.mimecast.com'] : []
