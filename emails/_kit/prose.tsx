// The words of an email: its one headline, paragraphs and small print.

import type { ReactNode } from 'react'
import { Heading, Link, Text } from './components.ts'
import { light } from './palette.ts'
import { body, small, unbreakable } from './theme.ts'

type Children = { children: ReactNode }

/** The one headline of an email. */
export const Title = ({ children }: Children) => (
  <Heading
    as="h1"
    className="ink"
    style={{
      ...unbreakable,
      margin: '0 0 20px',
      color: light.ink,
      fontSize: '24px',
      fontWeight: 600,
      letterSpacing: '-0.015em',
      lineHeight: '31px',
    }}
  >
    {children}
  </Heading>
)

export const Subtitle = ({ children }: Children) => (
  <Heading
    as="h2"
    className="ink"
    style={{ margin: '0 0 6px', color: light.ink, ...body, fontWeight: 600 }}
  >
    {children}
  </Heading>
)

export const Paragraph = ({ children }: Children) => (
  <Text className="ink" style={{ ...unbreakable, ...body, margin: '0 0 16px', color: light.ink }}>
    {children}
  </Text>
)

/** People sign up as "WIN at evil.example" under the address of someone else: such a name isn't passed on. */
const isAddress = (name: string) => /[@/]|\S\.\p{L}{2}/u.test(name)

const greeting = (name: string | null) => (name && !isAddress(name) ? `Hi ${name},` : 'Hello,')

export const Greeting = ({ name }: { name: string | null }) => (
  <Paragraph>{greeting(name)}</Paragraph>
)

export const SmallPrint = ({ children }: Children) => (
  <Text
    className="quiet"
    style={{ ...unbreakable, ...small, margin: '0 0 12px', color: light.quiet }}
  >
    {children}
  </Text>
)

/** A link that doesn't ask for attention, yet is as tall as a finger when it stands `alone`. */
export const QuietLink = ({
  href,
  alone = false,
  children,
}: Children & { href: string; alone?: boolean }) => (
  <Link
    className="quiet"
    href={href}
    style={{
      color: light.quiet,
      textDecoration: 'underline',
      ...(alone ? { display: 'inline-block', padding: '12px 0' } : {}),
    }}
  >
    {children}
  </Link>
)
