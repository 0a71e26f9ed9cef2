// The words of an email: its one headline, paragraphs and small print.

import { Fragment, type ReactNode } from 'react'
import { Heading, Text } from './components.ts'
import type { Letter } from './letter.ts'
import { lookOf } from './look.ts'

type Props = { letter: Letter; children: ReactNode }

/** The one headline of an email. */
export const Title = ({ letter, children }: Props) => (
  <Heading as="h1" className="ink" style={lookOf(letter).title}>
    {children}
  </Heading>
)

export const Subtitle = ({ letter, children }: Props) => (
  <Heading as="h2" className="ink" style={lookOf(letter).subtitle}>
    {children}
  </Heading>
)

export const Paragraph = ({ letter, children }: Props) => (
  <Text className="ink" style={lookOf(letter).paragraph}>
    {children}
  </Text>
)

export const Greeting = ({ letter }: { letter: Letter }) => (
  <Paragraph letter={letter}>{letter.common.greeting(letter.customerName)}</Paragraph>
)

export const SmallPrint = ({ letter, children }: Props) => (
  <Text className="quiet" style={lookOf(letter).small}>
    {children}
  </Text>
)

/** Several lines of one paragraph. */
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
  /** It is the whole of its paragraph, and so made as tall as a finger. */
  alone?: boolean
}

/** A link that doesn't ask for attention. */
export const QuietLink = ({ letter, href, alone = false, children }: LinkProps) => (
  <a
    className="quiet"
    href={href}
    style={alone ? lookOf(letter).loneLink : lookOf(letter).quietLink}
  >
    {children}
  </a>
)
