// The header shows the brand: a logo, an avatar with the name, or the name alone. It has no link, because the first link of
// an email must be its action.

import type { Logo } from './brand.ts'
import { Img } from './components.ts'
import type { Email } from './prepare.ts'
import { themeOf } from './theme.ts'

const AVATAR = 40

type Props = { email: Email }

const NameWithPicture = ({ email, logo }: Props & { logo: Logo }) => {
  const theme = themeOf(email)
  return (
    <table
      border={0}
      cellPadding={0}
      cellSpacing={0}
      dir={email.dir}
      role="presentation"
      style={theme.header}
    >
      <tbody>
        <tr>
          <td style={theme.avatarCell}>
            {/* The name is beside it, so a screen reader need not read it twice. */}
            <Img alt="" height={AVATAR} src={logo.url} style={theme.avatar} width={AVATAR} />
          </td>
          <td className="ink" style={theme.brandNameText}>
            {email.brandName}
          </td>
        </tr>
      </tbody>
    </table>
  )
}

export const Header = ({ email }: Props) => {
  const { name, logo } = email.brand
  const theme = themeOf(email)
  if (logo?.withName) return <NameWithPicture email={email} logo={logo} />
  if (logo === null)
    return (
      <p className="ink" style={{ ...theme.brandNameText, ...theme.header }}>
        {email.brandName}
      </p>
    )
  const { url, alt, width, height } = logo
  return (
    <Img
      alt={alt || name}
      className="logo"
      height={height}
      src={url}
      style={theme.logo}
      width={width}
    />
  )
}
