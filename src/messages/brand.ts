// Whose emails they are: what the merchant has set, and for the rest the name and the picture that Polar knows.

import { type Brand, type BrandSettings, createBrand } from '../../emails/index.ts'
import { PolarUnavailable } from '../polar/call.ts'
import type { Organization } from '../polar/catalogue.ts'
import type { PolarClient } from '../polar/client.ts'

type BrandParts = {
  polar: Pick<PolarClient, 'organization'>
  /** What stands in for what nobody has set. */
  fallback: BrandSettings
  /** What the merchant's own file says. */
  own: BrandSettings
  /** What the settings say, which outranks all else. */
  configured: BrandSettings
}

/** Of an avatar only its address is known: it is shown small and square, beside the name. */
const AVATAR = { width: 40, height: 40, withName: true }

const fromPolar = ({ name, avatarUrl, website }: Organization): BrandSettings => ({
  name,
  ...(website && { websiteUrl: website }),
  ...(avatarUrl && { logo: { url: avatarUrl, alt: name, ...AVATAR } }),
})

export const createBrandOf = ({ polar, fallback, own, configured }: BrandParts) => {
  const dressed = (organization: Organization | null): Brand =>
    createBrand({
      ...fallback,
      ...(organization && fromPolar(organization)),
      ...own,
      ...configured,
    })
  let last: { of: Organization | null; brand: Brand } = { of: null, brand: dressed(null) }

  /** The brand, and the merchant as Polar knows them; while Polar is away as it was last. */
  return async (): Promise<{ brand: Brand; organization: Organization | null }> => {
    const organization = await polar.organization().catch((error: unknown) => {
      if (error instanceof PolarUnavailable) return last.of
      throw error
    })
    if (organization !== last.of) last = { of: organization, brand: dressed(organization) }
    return { brand: last.brand, organization }
  }
}
