// The merchant's brand: settings first, then the merchant's own file, then the name and the picture that Polar has.

import {
  type Brand,
  type BrandSettings,
  brandSettings,
  createBrand,
  isOff,
  type Kind,
} from '../../emails/index.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { Organization } from '../polar/catalogue.ts'
import type { PolarClient } from '../polar/client.ts'

type BrandParts = {
  polar: Pick<PolarClient, 'organization'>
  /** Used where nobody has set anything. */
  fallback: BrandSettings
  /** From the merchant's own file, emails/brand.ts. */
  own: BrandSettings
  /** From the settings, which outrank all else. */
  configured: BrandSettings
}

/** Polar gives only the URL of an avatar, not its size: the email shows it small and square, beside the name. */
const AVATAR = { width: 40, height: 40, withName: true }

const fromPolar = ({ name, avatarUrl, website }: Organization): BrandSettings => ({
  name,
  ...(website && { websiteUrl: website }),
  ...(avatarUrl && { logo: { url: avatarUrl, alt: name, ...AVATAR } }),
})

/** The brand without Polar. */
export const brandWithoutPolar = ({
  fallback,
  configured,
}: Pick<BrandParts, 'fallback' | 'configured'>): Brand =>
  createBrand({ ...fallback, ...brandSettings, ...configured })

/** Whether a kind is off: by a setting, or in the merchant's own file. */
export const createIsKindOff =
  (brand: Brand, kindsOff: readonly Kind[]) =>
  (kind: Kind): boolean =>
    kindsOff.includes(kind) || isOff(brand, kind)

export const createBrandOf = ({ polar, fallback, own, configured }: BrandParts) => {
  const dressed = (organization: Organization | null): Brand =>
    createBrand({
      ...fallback,
      ...(organization && fromPolar(organization)),
      ...own,
      ...configured,
    })
  let last: { of: Organization | null; brand: Brand } = { of: null, brand: dressed(null) }

  /** The brand, and the organization at Polar. While Polar is away, the last known one serves. */
  const brandOf = async (): Promise<{ brand: Brand; organization: Organization | null }> => {
    const organization = await polar.organization().catch((error: unknown) => {
      if (error instanceof PolarUnavailableError) return last.of
      throw error
    })
    if (organization !== last.of) last = { of: organization, brand: dressed(organization) }
    return { brand: last.brand, organization }
  }
  return Object.assign(brandOf, {
    /** The brand as it was last found, without a call to Polar. */
    lastKnown: () => last.brand,
  })
}
