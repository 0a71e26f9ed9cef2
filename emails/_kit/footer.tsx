// Who writes, who sells, where to ask, and the quiet way to everything else about billing.

import { Fragment } from 'react'
import type { Brand } from '../brand.ts'
import type { Links } from './props.ts'
import { QuietLink, SmallPrint } from './prose.tsx'

const copy = {
  overview: 'Manage your billing',
  support: 'Questions? Write to ',
  // Polar is the seller in law, and its own emails say so as well.
  seller: (name: string) =>
    `Sold by Polar Software, Inc., reseller and merchant of record for ${name}.`,
}

type Props = { brand: Brand; links: Links }

const Sender = ({ brand }: { brand: Brand }) => (
  <SmallPrint>
    {brand.websiteUrl ? <QuietLink href={brand.websiteUrl}>{brand.name}</QuietLink> : brand.name}
    {brand.address?.map((line) => (
      <Fragment key={line}>
        <br />
        {line}
      </Fragment>
    ))}
  </SmallPrint>
)

export const Footer = ({ brand, links }: Props) => (
  <>
    <SmallPrint>
      <QuietLink alone href={links.overview}>
        {copy.overview}
      </QuietLink>
    </SmallPrint>
    {brand.supportEmail && (
      <SmallPrint>
        {copy.support}
        <QuietLink href={`mailto:${brand.supportEmail}`}>{brand.supportEmail}</QuietLink>
      </SmallPrint>
    )}
    <Sender brand={brand} />
    <SmallPrint>{copy.seller(brand.name)}</SmallPrint>
    {brand.note && <SmallPrint>{brand.note}</SmallPrint>}
  </>
)
