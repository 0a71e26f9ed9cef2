// The footer: a link to the portal's overview, the support address, the merchant and the legal seller.

import type { Email } from './prepare.ts'
import { Lines, QuietLink, SmallPrint } from './prose.tsx'

type Props = { email: Email }

const Support = ({ email }: Props) => {
  const { supportEmail } = email.brand
  if (!supportEmail) return null
  const [before, after] = email.common.support
  return (
    <SmallPrint email={email}>
      {before}
      <QuietLink href={`mailto:${supportEmail}`} email={email}>
        {supportEmail}
      </QuietLink>
      {after}
    </SmallPrint>
  )
}

const Sender = ({ email }: Props) => {
  const { websiteUrl, address } = email.brand
  return (
    <SmallPrint email={email}>
      {websiteUrl ? (
        <QuietLink href={websiteUrl} email={email}>
          {email.brandName}
        </QuietLink>
      ) : (
        email.brandName
      )}
      {address && address.length > 0 && <br />}
      {address && <Lines of={address.map(email.isolate)} />}
    </SmallPrint>
  )
}

const MoreLinks = ({ email }: Props) => {
  const { links } = email.brand
  if (links.length === 0) return null
  return (
    <SmallPrint email={email}>
      {links.map(({ label, url }, at) => (
        <span key={url}>
          {at > 0 && ' · '}
          <QuietLink href={url} email={email}>
            {email.isolate(label)}
          </QuietLink>
        </span>
      ))}
    </SmallPrint>
  )
}

export const Footer = ({ email }: Props) => (
  <>
    <SmallPrint email={email}>
      <QuietLink alone href={email.links.overview} email={email}>
        {email.common.overview}
      </QuietLink>
    </SmallPrint>
    <Support email={email} />
    <Sender email={email} />
    <MoreLinks email={email} />
    <SmallPrint email={email}>{email.common.seller(email.brandName)}</SmallPrint>
    {email.brand.note && <SmallPrint email={email}>{email.isolate(email.brand.note)}</SmallPrint>}
  </>
)
