// The quiet way to everything else about billing, where to ask, who writes and who sells.

import type { Letter } from './letter.ts'
import { Lines, QuietLink, SmallPrint } from './prose.tsx'

type Props = { letter: Letter }

const Support = ({ letter }: Props) => {
  const { supportEmail } = letter.brand
  if (!supportEmail) return null
  const [before, after] = letter.common.support
  return (
    <SmallPrint letter={letter}>
      {before}
      <QuietLink href={`mailto:${supportEmail}`} letter={letter}>
        {supportEmail}
      </QuietLink>
      {after}
    </SmallPrint>
  )
}

const Sender = ({ letter }: Props) => {
  const { websiteUrl, address } = letter.brand
  return (
    <SmallPrint letter={letter}>
      {websiteUrl ? (
        <QuietLink href={websiteUrl} letter={letter}>
          {letter.brandName}
        </QuietLink>
      ) : (
        letter.brandName
      )}
      {address && address.length > 0 && <br />}
      {address && <Lines of={address.map(letter.piece)} />}
    </SmallPrint>
  )
}

const MoreLinks = ({ letter }: Props) => {
  const { links } = letter.brand
  if (links.length === 0) return null
  return (
    <SmallPrint letter={letter}>
      {links.map(({ label, url }, at) => (
        <span key={url}>
          {at > 0 && ' · '}
          <QuietLink href={url} letter={letter}>
            {letter.piece(label)}
          </QuietLink>
        </span>
      ))}
    </SmallPrint>
  )
}

export const Footer = ({ letter }: Props) => (
  <>
    <SmallPrint letter={letter}>
      <QuietLink alone href={letter.links.overview} letter={letter}>
        {letter.common.overview}
      </QuietLink>
    </SmallPrint>
    <Support letter={letter} />
    <Sender letter={letter} />
    <MoreLinks letter={letter} />
    <SmallPrint letter={letter}>{letter.common.seller(letter.brandName)}</SmallPrint>
    {letter.brand.note && (
      <SmallPrint letter={letter}>{letter.piece(letter.brand.note)}</SmallPrint>
    )}
  </>
)
