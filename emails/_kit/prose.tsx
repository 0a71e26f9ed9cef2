// Text components: the headline, paragraphs and small print.

import { Fragment, type ReactNode } from 'react'
import { Heading, Text } from './components.ts'
import type { Email } from './prepare.ts'
import { themeOf } from './theme.ts'

type Props = { email: Email; children: ReactNode }

/** An email's only headline. */
export const Title = ({ email, children }: Props) => (
  <Heading as="h1" className="ink" style={themeOf(email).title}>
    {children}
  </Heading>
)

export const Subtitle = ({ email, children }: Props) => (
  <Heading as="h2" className="ink" style={themeOf(email).subtitle}>
    {children}
  </Heading>
)

export const Paragraph = ({ email, children }: Props) => (
  <Text className="ink" style={themeOf(email).paragraph}>
    {children}
  </Text>
)

export const Greeting = ({ email }: { email: Email }) => (
  <Paragraph email={email}>{email.common.greeting(email.customerName)}</Paragraph>
)

export const SmallPrint = ({ email, children }: Props) => (
  <Text className="quiet" style={themeOf(email).small}>
    {children}
  </Text>
)

/** The lines of one paragraph. */
export const Lines = ({ of }: { of: readonly string[] }) =>
  of.map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
    <Fragment key={at}>
      {at > 0 && <br />}
      {line}
    </Fragment>
  ))

type LinkProps = Props & {
  href: string
  /** The link is a paragraph of its own, so it gets the height of a finger. */
  alone?: boolean
}

/** A link in a subdued colour. */
export const QuietLink = ({ email, href, alone = false, children }: LinkProps) => (
  <a
    className="quiet"
    href={href}
    style={alone ? themeOf(email).loneLink : themeOf(email).quietLink}
  >
    {children}
  </a>
)
