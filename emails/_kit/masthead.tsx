// Whose email it is, at its top: a logo, or a small picture beside the name, or the name alone. No link: the first link of an
// email is its action.

import type { Logo } from './brand.ts'
import { Img } from './components.ts'
import type { Letter } from './letter.ts'
import { lookOf } from './look.ts'

const AVATAR = 40

type Props = { letter: Letter }

const NameWithPicture = ({ letter, logo }: Props & { logo: Logo }) => {
  const look = lookOf(letter)
  return (
    <table
      border={0}
      cellPadding={0}
      cellSpacing={0}
      dir={letter.dir}
      role="presentation"
      style={look.masthead}
    >
      <tbody>
        <tr>
          <td style={look.avatarCell}>
            {/* Its name stands beside it, and need not be read out twice. */}
            <Img alt="" height={AVATAR} src={logo.url} style={look.avatar} width={AVATAR} />
          </td>
          <td className="ink" style={look.nameplate}>
            {letter.brandName}
          </td>
        </tr>
      </tbody>
    </table>
  )
}

export const Masthead = ({ letter }: Props) => {
  const { name, logo } = letter.brand
  const look = lookOf(letter)
  if (logo?.withName) return <NameWithPicture letter={letter} logo={logo} />
  if (logo === null)
    return (
      <p className="ink" style={{ ...look.nameplate, ...look.masthead }}>
        {letter.brandName}
      </p>
    )
  const { url, alt, width, height } = logo
  return (
    <Img
      alt={alt || name}
      className="logo"
      height={height}
      src={url}
      style={look.logo}
      width={width}
    />
  )
}
