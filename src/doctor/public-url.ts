// Decides what is wrong with PUBLIC_URL, by itself and by what answers there: pure.

import { isIP } from 'node:net'
import { type Finding, finding } from './finding.ts'
import type { Reached } from './reach.ts'
import { isPrivate } from './settings.ts'

type Where = {
  publicUrl: string
  /** The domain of EMAIL_FROM. */
  sender: string
  environment: 'production' | 'sandbox'
}

/** Domains of which a registry gives out subdomains to anybody, such as co.uk: a country, and a short word before it. */
const isOfRegistry = (labels: readonly string[]): boolean =>
  labels.length < 2 ||
  (labels.length === 2 && (labels[0]?.length ?? 0) <= 3 && (labels[1]?.length ?? 0) === 2)

/** Whether two domains belong together, so far as their names tell. */
const isRelated = (one: string, other: string): boolean => {
  if (`.${one}`.endsWith(`.${other}`) || `.${other}`.endsWith(`.${one}`)) return true
  const [a, b] = [one.split('.').reverse(), other.split('.').reverse()]
  const end = a.findIndex((label, at) => label !== b[at])
  return !isOfRegistry(a.slice(0, end < 0 ? a.length : end).reverse())
}

/** The findings about the address itself. */
export const ofPublicUrl = ({ publicUrl, sender, environment }: Where): Finding[] => {
  const { hostname } = new URL(publicUrl)
  if (isPrivate(hostname))
    return [
      finding('public_url_private', {
        says: `PUBLIC_URL is ${publicUrl}, which nobody outside can reach.`,
        why: "Customers' clicks lead nowhere, and no webhook arrives.",
        mend: 'Set PUBLIC_URL to the public address of Postern.',
        severity: environment === 'production' ? 'problem' : 'warning',
      }),
    ]
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0)
    return [
      finding('public_url_address', {
        says: `PUBLIC_URL is the address ${hostname} without a name.`,
        why: 'Mail with such links is often taken for spam, and the links end with the address.',
        mend: `Give it a name, best a subdomain of ${sender}, and set PUBLIC_URL to it.`,
      }),
    ]
  if (isRelated(hostname, sender)) return []
  return [
    finding('public_url_other_domain', {
      says: `PUBLIC_URL is at ${hostname}, and mail comes from ${sender}.`,
      why: 'Mail with links to another domain is taken for spam more often.',
      mend: `Set PUBLIC_URL to a subdomain of the domain that you mail from.`,
    }),
  ]
}

const isAlive = (body: string): boolean => /^\{"status":"alive"\}\s*$/.test(body)

const unreached = (publicUrl: string, why: string): Finding =>
  finding('public_url_unreached', {
    says: `${publicUrl}/healthz could not be reached from here (${why}).`,
    why: 'From outside it may be another matter. If not, clicks lead nowhere, and no webhook arrives.',
    mend: 'Start Postern, and try it from outside; else look at DNS, the certificate, the proxy and the firewall.',
  })

/** @param reached the answer to `/healthz`. */
export const ofAnswer = (publicUrl: string, reached: Reached): Finding[] => {
  if ('failed' in reached) return [unreached(publicUrl, reached.failed)]
  const { status, location, body } = reached
  if (status === 200 && isAlive(body)) return []
  if (status >= 500) return [unreached(publicUrl, `status ${status}`)]
  if (status >= 300 && status < 400)
    return [
      finding('public_url_redirects', {
        says: `${publicUrl} redirects${location ? ` to ${location}` : ''}.`,
        why: 'Polar and Resend do not follow a redirect, so no webhook arrives.',
        mend: 'Set PUBLIC_URL, and the URLs of the webhooks, to the address that it leads to.',
      }),
    ]
  return [
    finding('public_url_other_service', {
      says: `Another service than Postern answers at ${publicUrl} (status ${status}).`,
      why: "Customers' clicks end there, and no webhook arrives.",
      mend: 'Set PUBLIC_URL to the address of Postern, or mend the proxy there.',
    }),
  ]
}
